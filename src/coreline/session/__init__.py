"""A session from its first set to its last: poses and commands in, facts, cues and views out."""
