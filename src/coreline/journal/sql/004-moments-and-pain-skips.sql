-- The best and the worst moment of a set, for the drawings of the report: points, no picture.
CREATE TABLE drawn_moment (
  session_id INTEGER NOT NULL, -- of which session
  set_place INTEGER NOT NULL, -- in which set
  kind TEXT NOT NULL, -- best or worst
  t_s REAL NOT NULL, -- when, on the session's clock
  bend_deg REAL NOT NULL, -- change from the neutral, + = hip toward the floor
  points BLOB NOT NULL, -- landmarks in thousandths of a body length, x and y, 2 bytes each
  line TEXT NOT NULL, -- landmark numbers of the body line, with a space between
  PRIMARY KEY (session_id, set_place, kind),
  FOREIGN KEY (session_id, set_place) REFERENCES exercise_set ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

ALTER TABLE exercise_set ADD COLUMN
  skipped_for_pain INTEGER NOT NULL DEFAULT 0; -- 1: it was left because it hurt
