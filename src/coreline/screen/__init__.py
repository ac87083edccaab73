"""What the user sees: one window, drawn from a View and the newest picture; it decides nothing."""
