"""Whether camera and body are placed so that the exercise can be judged, and what to move."""
