"""Everything that is published beside the catalogue is checked before it is published."""
