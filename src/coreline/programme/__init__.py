"""What to do and how much of it: the handout's exercises and texts, as checked data."""
