"""How well waiting is foretold, and how fast the hall is."""
