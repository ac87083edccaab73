-- What the person took back, or put back after all. Nothing of it is deleted; of the turns of one thing the last one holds.
CREATE TABLE taken_back (
  id INTEGER PRIMARY KEY, -- order in this file
  uid TEXT NOT NULL UNIQUE, -- of what, which set and which turn, so the same in every copy of the journal
  profile_id TEXT NOT NULL REFERENCES profile (id) ON DELETE CASCADE, -- whose
  day TEXT NOT NULL, -- on which calendar day it was, YYYY-MM-DD
  of_uid TEXT NOT NULL, -- the note or the session
  set_place INTEGER NOT NULL, -- which set of the session; 0: the whole of it
  turn INTEGER NOT NULL, -- from 1; odd: taken back, even: put back
  led_by TEXT NOT NULL -- what the person chose, as uid or uid/set_place; others went along with it
) STRICT;
CREATE INDEX taken_back_of ON taken_back (profile_id);

ALTER TABLE pain ADD COLUMN
  at TEXT; -- when it was noted, with the offset from UTC; NULL: before that was kept

ALTER TABLE skip ADD COLUMN
  at TEXT; -- when it was noted, with the offset from UTC; NULL: before that was kept

ALTER TABLE level_choice ADD COLUMN
  at TEXT; -- when it was chosen, with the offset from UTC; NULL: before that was kept

ALTER TABLE easier_choice ADD COLUMN
  at TEXT; -- when it was chosen, with the offset from UTC; NULL: before that was kept

ALTER TABLE rest_choice ADD COLUMN
  at TEXT; -- when it was chosen, with the offset from UTC; NULL: before that was kept

ALTER TABLE advice ADD COLUMN
  at TEXT; -- when it was given, with the offset from UTC; NULL: before that was kept
