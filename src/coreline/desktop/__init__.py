"""What the system itself keeps of Coreline: its place in the menu, and the reminder."""
