"""What was done, felt and chosen, kept in one SQLite file."""
