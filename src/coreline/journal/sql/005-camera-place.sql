-- Where the person's camera usually stands: which kept place of a camera a session goes by.
ALTER TABLE profile ADD COLUMN
  place TEXT NOT NULL DEFAULT 'home'; -- what the person calls that spot
