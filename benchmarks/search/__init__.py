"""How well the search finds what people mean, and how fast, beside other engines."""
