"""What `coreline doctor` looks at: the machine, its devices, and whether each does its part."""
