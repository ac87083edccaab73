"""Where things lie on this computer, what travels with the program, and how files are written."""
