"""The hall of one day: what machines, clerks and people told, and what follows from it."""
