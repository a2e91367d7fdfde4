"""Turns the YAML catalogue of a government service centre into its service guide."""
