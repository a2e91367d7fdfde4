"""One file per step; the newest is what ``schema.py`` declares."""
