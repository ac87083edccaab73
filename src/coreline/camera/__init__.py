"""Where frames come from: a webcam, a file, a picture stream. All look alike from outside."""
