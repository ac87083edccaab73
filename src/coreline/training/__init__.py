"""All stages tied together: the loop at the camera, that over a recording, and what they need."""
