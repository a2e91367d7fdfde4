"""What drives the things that happen by themselves."""
