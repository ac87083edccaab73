"""From facts to what the patient hears and reads: cues by id, and the short words."""
