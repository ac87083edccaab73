-- What was measured in each frame of a set, packed; coreline/journal/readings.py unpacks it.
CREATE TABLE reading (
  session_id INTEGER NOT NULL, -- of which session
  set_place INTEGER NOT NULL, -- in which set
  frames INTEGER NOT NULL, -- how many
  packed BLOB NOT NULL, -- columns in thousandths, differences from frame to frame, zlib
  PRIMARY KEY (session_id, set_place),
  FOREIGN KEY (session_id, set_place) REFERENCES exercise_set ON DELETE CASCADE
) STRICT;

ALTER TABLE session ADD COLUMN
  sha256 TEXT; -- over all rows of the session, since SQLite does not notice an altered bit

ALTER TABLE exercise_set ADD COLUMN
  adjusted INTEGER NOT NULL DEFAULT 0; -- what the person corrected the count by

-- The sum over a person's own rows: profile, ball exercises, pain and choices.
CREATE TABLE profile_seal (
  profile_id TEXT PRIMARY KEY NOT NULL REFERENCES profile (id) ON DELETE CASCADE, -- whose
  sha256 TEXT NOT NULL -- as for a session
) STRICT, WITHOUT ROWID;
