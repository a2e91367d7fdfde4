"""What changed from one publication to the next, in words: comparing, and keeping a record."""
