"""``guide confirm``: the centre's answer, written into the catalogue with who gave it and when."""
