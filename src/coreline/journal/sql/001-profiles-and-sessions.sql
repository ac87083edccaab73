-- The migrations that made this database what it is.
CREATE TABLE migration (
  name TEXT PRIMARY KEY NOT NULL, -- the name of its file in coreline/journal/sql
  applied_at TEXT NOT NULL -- when, with the offset from UTC
) STRICT;

-- A person who trains on this machine.
CREATE TABLE profile (
  id TEXT PRIMARY KEY NOT NULL, -- the same in every copy of the journal
  name TEXT NOT NULL, -- as the person wrote it
  language TEXT NOT NULL, -- of screen, voice and report: nl or en
  start TEXT NOT NULL, -- first day of the programme, YYYY-MM-DD
  height_m REAL, -- body height; NULL: not told
  second_way INTEGER NOT NULL, -- 1: a symmetrical pose is done facing each way
  level_by TEXT NOT NULL -- what offers the next level: date or readiness
) STRICT;

-- The exercises that a person does on the ball; all others are done on the floor.
CREATE TABLE ball_exercise (
  profile_id TEXT NOT NULL REFERENCES profile (id) ON DELETE CASCADE, -- whose
  exercise_id TEXT NOT NULL, -- an id of the programme
  PRIMARY KEY (profile_id, exercise_id)
) STRICT, WITHOUT ROWID;

-- Who trains when nobody is named; one row or none.
CREATE TABLE current_profile (
  row INTEGER PRIMARY KEY CHECK (row = 1), -- always 1
  profile_id TEXT NOT NULL REFERENCES profile (id) ON DELETE CASCADE -- who
) STRICT;

-- One session, from its start to its end on one day.
CREATE TABLE session (
  id INTEGER PRIMARY KEY, -- within this file
  uid TEXT NOT NULL UNIQUE, -- the same in every copy of the journal
  profile_id TEXT NOT NULL REFERENCES profile (id) ON DELETE CASCADE, -- who trained
  day TEXT NOT NULL, -- the calendar day where the person lives, YYYY-MM-DD
  started_at TEXT NOT NULL, -- with the offset from UTC
  ended_at TEXT, -- with the offset from UTC; NULL: under way, or the program was killed
  revision INTEGER NOT NULL -- counts the times it was saved; of two copies the higher is newer
) STRICT;
CREATE INDEX session_of_day ON session (profile_id, day);

-- What a session was to consist of, a row a set.
CREATE TABLE planned_set (
  session_id INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE, -- of which session
  place INTEGER NOT NULL, -- order in the session, from 1
  exercise_id TEXT NOT NULL, -- an id of the programme
  side TEXT, -- left, right, or NULL where it is one for both
  set_number INTEGER NOT NULL, -- of this exercise and side, from 1
  prescribed REAL NOT NULL, -- seconds of a hold, else repetitions or rotations
  PRIMARY KEY (session_id, place)
) STRICT, WITHOUT ROWID;

-- One set that was begun; one that was done anew has a row more.
CREATE TABLE exercise_set (
  session_id INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE, -- of which session
  place INTEGER NOT NULL, -- order in the session, from 1
  exercise_id TEXT NOT NULL, -- an id of the programme
  side TEXT, -- left, right, or NULL where it is one for both
  set_number INTEGER NOT NULL, -- of this exercise and side, from 1
  prescribed REAL NOT NULL, -- seconds of a hold, else repetitions or rotations
  near_side TEXT, -- the side of the body near the camera; NULL: the start position was not held
  neutral_deg REAL, -- the person's own line, the zero of every bend
  progress REAL NOT NULL, -- how far it was, saved each second of a hold; in the unit of prescribed
  done REAL NOT NULL, -- what was done, in the unit of prescribed
  line_score REAL, -- 0 to 100; NULL: too little was seen
  closed INTEGER NOT NULL, -- 0: under way, or the program was killed in it
  PRIMARY KEY (session_id, place)
) STRICT, WITHOUT ROWID;

-- One attempt at a repetition, counted or refused.
CREATE TABLE repetition (
  session_id INTEGER NOT NULL, -- of which session
  set_place INTEGER NOT NULL, -- in which set
  place INTEGER NOT NULL, -- order among the facts of the set, from 1
  t_s REAL NOT NULL, -- when it was known, on the session's clock
  number INTEGER NOT NULL, -- of the attempt, from 1
  start_s REAL NOT NULL, -- beginning, on the session's clock
  top_s REAL, -- when the top was reached; NULL: it was not
  end_s REAL NOT NULL, -- end, on the session's clock
  hold_s REAL NOT NULL, -- time held at the top
  counted INTEGER NOT NULL, -- 1: counted, 0: refused
  reasons TEXT NOT NULL, -- why it was refused: codes with a space between
  peak_deg REAL NOT NULL, -- the movement's signal at the top
  bend_mean_deg REAL, -- mean change from the neutral at the top, + = hip toward the floor
  bend_worst_deg REAL, -- largest change from the neutral at the top
  knee_min_deg REAL, -- the knee at its most bent
  line_score REAL, -- 0 to 100; NULL: too little was seen
  PRIMARY KEY (session_id, set_place, place),
  FOREIGN KEY (session_id, set_place) REFERENCES exercise_set ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- One stay in position, from reaching it to leaving it.
CREATE TABLE hold (
  session_id INTEGER NOT NULL, -- of which session
  set_place INTEGER NOT NULL, -- in which set
  place INTEGER NOT NULL, -- order among the facts of the set, from 1
  t_s REAL NOT NULL, -- when it was known, on the session's clock
  start_s REAL NOT NULL, -- beginning, on the session's clock
  end_s REAL NOT NULL, -- end, on the session's clock
  in_line_s REAL NOT NULL, -- time within the good band
  mean_bend_deg REAL, -- mean change from the neutral, + = hip toward the floor
  worst_bend_deg REAL, -- largest change from the neutral
  visible_share REAL NOT NULL, -- share of the time in which the body was seen, 0 to 1
  line_score REAL, -- 0 to 100; NULL: too little was seen
  PRIMARY KEY (session_id, set_place, place),
  FOREIGN KEY (session_id, set_place) REFERENCES exercise_set ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- A form fault during a hold.
CREATE TABLE hold_fault (
  session_id INTEGER NOT NULL, -- of which session
  set_place INTEGER NOT NULL, -- in which set
  hold_place INTEGER NOT NULL, -- of which hold
  place INTEGER NOT NULL, -- order in the hold, from 1
  code TEXT NOT NULL, -- as in docs/formats.md
  start_s REAL NOT NULL, -- beginning, on the session's clock
  end_s REAL NOT NULL, -- end, on the session's clock
  PRIMARY KEY (session_id, set_place, hold_place, place),
  FOREIGN KEY (session_id, set_place, hold_place) REFERENCES hold ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- One turn of the body around its length, counted or refused.
CREATE TABLE rotation (
  session_id INTEGER NOT NULL, -- of which session
  set_place INTEGER NOT NULL, -- in which set
  place INTEGER NOT NULL, -- order among the facts of the set, from 1
  t_s REAL NOT NULL, -- when it was known, on the session's clock
  start_s REAL NOT NULL, -- beginning, on the session's clock
  end_s REAL NOT NULL, -- end, on the session's clock
  direction TEXT NOT NULL, -- which way
  counted INTEGER NOT NULL, -- 1: counted, 0: refused
  reasons TEXT NOT NULL, -- why it was refused: codes with a space between
  PRIMARY KEY (session_id, set_place, place),
  FOREIGN KEY (session_id, set_place) REFERENCES exercise_set ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Every other fact of a set: ready, neutral_found, fault_began, fault_ended, lost, found.
CREATE TABLE fact (
  session_id INTEGER NOT NULL, -- of which session
  set_place INTEGER NOT NULL, -- in which set
  place INTEGER NOT NULL, -- order among the facts of the set, from 1
  kind TEXT NOT NULL, -- which of the six
  t_s REAL NOT NULL, -- when it was known, on the session's clock
  near_side TEXT, -- ready: the side near the camera
  working_side TEXT, -- ready: the side whose leg works; NULL: both
  neutral_deg REAL, -- neutral_found: the person's own line
  code TEXT, -- fault_began, fault_ended: as in docs/formats.md
  start_s REAL, -- fault_began, fault_ended: its beginning
  end_s REAL, -- fault_ended: its end
  PRIMARY KEY (session_id, set_place, place),
  FOREIGN KEY (session_id, set_place) REFERENCES exercise_set ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- What was said in a set.
CREATE TABLE cue (
  session_id INTEGER NOT NULL, -- of which session
  set_place INTEGER NOT NULL, -- in which set
  place INTEGER NOT NULL, -- order in the set, from 1
  t_s REAL NOT NULL, -- when, on the session's clock
  cue_id TEXT NOT NULL, -- an id of coaching/cues.toml
  PRIMARY KEY (session_id, set_place, place),
  FOREIGN KEY (session_id, set_place) REFERENCES exercise_set ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
