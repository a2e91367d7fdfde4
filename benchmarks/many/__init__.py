"""What several nodes on one PostgreSQL do, beside one process with a file."""
