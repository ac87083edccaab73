-- An exercise of the person's own, as it was in a session: its file may be gone, what was done is not.
CREATE TABLE own_exercise (
  session_id INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE, -- of which session
  exercise_id TEXT NOT NULL, -- its id
  description TEXT NOT NULL, -- everything its file said but for its drawing, as JSON
  PRIMARY KEY (session_id, exercise_id)
) STRICT, WITHOUT ROWID;
