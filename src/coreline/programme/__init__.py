"""What to do and how much of it, today and in the weeks to come: the handout as checked data."""
