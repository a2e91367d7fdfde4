"""What the pages show, derived from the catalogue: joined, worded, sorted, frozen.

Views hold plain text; escaping is the renderers' work. Nothing here reads a clock.
"""
