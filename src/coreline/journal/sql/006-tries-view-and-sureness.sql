-- An entry into the position that came to nothing.
CREATE TABLE attempt (
  session_id INTEGER NOT NULL, -- of which session
  set_place INTEGER NOT NULL, -- in which set
  place INTEGER NOT NULL, -- order in the set, from 1
  start_s REAL NOT NULL, -- beginning, on the session's clock
  end_s REAL NOT NULL, -- end, on the session's clock
  reason TEXT NOT NULL, -- why it came to nothing, as in docs/formats.md
  measure TEXT, -- the reading that was missed; NULL: it was none
  seen REAL, -- its best value
  asked REAL, -- the limit
  share REAL NOT NULL, -- of the entry in which it was missed, 0 to 1
  cue_id TEXT, -- what to do about it, an id of coaching/cues.toml
  PRIMARY KEY (session_id, set_place, place),
  FOREIGN KEY (session_id, set_place) REFERENCES exercise_set ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- A condition of the position that was waited for while nothing counted.
CREATE TABLE unmet (
  session_id INTEGER NOT NULL, -- of which session
  set_place INTEGER NOT NULL, -- in which set
  place INTEGER NOT NULL, -- order in the set, from 1: what was missing longest comes first
  measure TEXT NOT NULL, -- the reading
  seconds REAL NOT NULL, -- in which it was not met
  share REAL NOT NULL, -- of the time waited, 0 to 1
  seen REAL NOT NULL, -- its value that came nearest
  asked REAL NOT NULL, -- the limit
  cue_id TEXT, -- what to do about it, an id of coaching/cues.toml
  PRIMARY KEY (session_id, set_place, place),
  FOREIGN KEY (session_id, set_place) REFERENCES exercise_set ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- How the camera saw a set.
CREATE TABLE camera_view (
  session_id INTEGER NOT NULL, -- of which session
  set_place INTEGER NOT NULL, -- in which set
  yaw_deg REAL, -- how far the camera was from square to the body; NULL: nobody lay
  width_share REAL, -- of the picture's width that the body fills, stretched out; NULL: nobody lay
  leg_behind INTEGER, -- 1: the leg that works was behind the other one; NULL: it cannot be told
  persons INTEGER, -- how many were seen at once; NULL: nobody counted
  upside_down INTEGER, -- 1: the picture stands on its head; NULL: it cannot be told
  PRIMARY KEY (session_id, set_place),
  FOREIGN KEY (session_id, set_place) REFERENCES exercise_set ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- A part of the body that stuck out of the picture.
CREATE TABLE cut_off (
  session_id INTEGER NOT NULL, -- of which session
  set_place INTEGER NOT NULL, -- in which set
  place INTEGER NOT NULL, -- order in the set, from 1: what stuck out longest comes first
  limb TEXT NOT NULL, -- which part, as in docs/formats.md
  share REAL NOT NULL, -- of the time in which somebody lay, 0 to 1
  PRIMARY KEY (session_id, set_place, place),
  FOREIGN KEY (session_id, set_place) REFERENCES exercise_set ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

ALTER TABLE exercise_set ADD COLUMN
  neutral_sd_deg REAL; -- how sure the neutral is, one standard deviation; NULL: nothing says

ALTER TABLE exercise_set ADD COLUMN
  done_on TEXT; -- floor or ball; NULL: the start position was not held

ALTER TABLE exercise_set ADD COLUMN
  waited_s REAL NOT NULL DEFAULT 0; -- the time in which nothing counted

ALTER TABLE exercise_set ADD COLUMN
  waited_unseen_s REAL NOT NULL DEFAULT 0; -- of it, how long the body was not seen

-- One with reasons is an attempt that was no hold.
ALTER TABLE hold ADD COLUMN
  reasons TEXT NOT NULL DEFAULT ''; -- why it was no hold: codes with a space between

-- Also let_go, with its code and its beginning and end: the line given up and soon taken up again.
ALTER TABLE fact ADD COLUMN
  sd_deg REAL; -- neutral_found: how sure it is, one standard deviation
