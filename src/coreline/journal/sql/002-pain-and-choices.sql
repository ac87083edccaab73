-- An answer to how much it hurts.
CREATE TABLE pain (
  id INTEGER PRIMARY KEY, -- order in this file
  uid TEXT NOT NULL UNIQUE, -- the same in every copy of the journal
  profile_id TEXT NOT NULL REFERENCES profile (id) ON DELETE CASCADE, -- whose
  day TEXT NOT NULL, -- the calendar day where the person lives, YYYY-MM-DD
  moment TEXT NOT NULL, -- before or after the session, or during an exercise
  score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 10), -- 0 none, 10 the worst
  places TEXT NOT NULL, -- where: back, buttock, hamstring, groin, other, with a space between
  exercise_id TEXT -- the exercise that hurt; NULL: none in particular
) STRICT;
CREATE INDEX pain_of_day ON pain (profile_id, day);

-- An exercise that was left out on a day.
CREATE TABLE skip (
  id INTEGER PRIMARY KEY, -- order in this file
  uid TEXT NOT NULL UNIQUE, -- the same in every copy of the journal
  profile_id TEXT NOT NULL REFERENCES profile (id) ON DELETE CASCADE, -- whose
  day TEXT NOT NULL, -- the calendar day where the person lives, YYYY-MM-DD
  exercise_id TEXT NOT NULL, -- an id of the programme
  side TEXT, -- left, right, or NULL for both
  for_pain INTEGER NOT NULL -- 1: because it hurt, 0: by choice
) STRICT;
CREATE INDEX skip_of_day ON skip (profile_id, day);

-- The level trained from a day on, until the next choice.
CREATE TABLE level_choice (
  id INTEGER PRIMARY KEY, -- order in this file
  uid TEXT NOT NULL UNIQUE, -- the same in every copy of the journal
  profile_id TEXT NOT NULL REFERENCES profile (id) ON DELETE CASCADE, -- whose
  day TEXT NOT NULL, -- the first day, YYYY-MM-DD
  level_id TEXT NOT NULL -- an id of the programme's levels
) STRICT;
CREATE INDEX level_choice_of_day ON level_choice (profile_id, day);

-- An exercise replaced by an easier one from a day on; replaced by itself: taken back.
CREATE TABLE easier_choice (
  id INTEGER PRIMARY KEY, -- order in this file
  uid TEXT NOT NULL UNIQUE, -- the same in every copy of the journal
  profile_id TEXT NOT NULL REFERENCES profile (id) ON DELETE CASCADE, -- whose
  day TEXT NOT NULL, -- the first day, YYYY-MM-DD
  exercise_id TEXT NOT NULL, -- the exercise that is replaced
  instead_id TEXT NOT NULL -- the exercise that is done
) STRICT;
CREATE INDEX easier_choice_of_day ON easier_choice (profile_id, day);

-- A rest of some days.
CREATE TABLE rest_choice (
  id INTEGER PRIMARY KEY, -- order in this file
  uid TEXT NOT NULL UNIQUE, -- the same in every copy of the journal
  profile_id TEXT NOT NULL REFERENCES profile (id) ON DELETE CASCADE, -- whose
  day TEXT NOT NULL, -- the first day, YYYY-MM-DD
  days INTEGER NOT NULL -- how many, the first counted
) STRICT;
CREATE INDEX rest_choice_of_day ON rest_choice (profile_id, day);

-- A day on which the advice to contact the sports physician was given.
CREATE TABLE advice (
  id INTEGER PRIMARY KEY, -- order in this file
  uid TEXT NOT NULL UNIQUE, -- the same in every copy of the journal
  profile_id TEXT NOT NULL REFERENCES profile (id) ON DELETE CASCADE, -- whose
  day TEXT NOT NULL -- YYYY-MM-DD
) STRICT;
CREATE INDEX advice_of_day ON advice (profile_id, day);
