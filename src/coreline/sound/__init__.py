"""What the user hears."""
