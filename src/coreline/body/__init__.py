"""From landmarks to form: pure geometry on one pose and on the recent past of poses."""
