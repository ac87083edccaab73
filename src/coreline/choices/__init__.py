"""What a person chose, kept in files: the settings and how they are listed, the camera's places."""
