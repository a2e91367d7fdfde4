"""Measurements of the generator beside plain MkDocs with Material, in one run on one machine."""
