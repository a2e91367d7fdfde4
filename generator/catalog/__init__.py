"""The catalogue: YAML in, frozen typed records out. No clock, no network, no writing."""
