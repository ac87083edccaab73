"""What the system keeps of Coreline outside of its folders: its place in the menu."""
