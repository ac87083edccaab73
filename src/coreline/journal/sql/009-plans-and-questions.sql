-- Since when no level changes unasked. Whom the calendar moved until now is asked from today on.
ALTER TABLE profile ADD COLUMN
  asked_from TEXT; -- the day, YYYY-MM-DD; NULL: the calendar never moved a level
UPDATE profile SET asked_from = date('now', 'localtime') WHERE level_by = 'date';

-- What a physiotherapist prescribed: it holds from its day on, until the next one.
CREATE TABLE prescription (
  id INTEGER PRIMARY KEY, -- order in this file
  uid TEXT NOT NULL UNIQUE, -- the same in every copy of the journal
  profile_id TEXT NOT NULL REFERENCES profile (id) ON DELETE CASCADE, -- for whom
  day TEXT NOT NULL, -- the calendar day, YYYY-MM-DD
  version INTEGER NOT NULL, -- which keys the plan may have; 1
  plan TEXT NOT NULL, -- the plan as JSON; an empty one ends the one before
  at TEXT -- when it was kept, with the offset from UTC
) STRICT;
CREATE INDEX prescription_of ON prescription (profile_id);

-- The days on which the person was asked whether to change the level.
CREATE TABLE level_asked (
  id INTEGER PRIMARY KEY, -- order in this file
  uid TEXT NOT NULL UNIQUE, -- the same in every copy of the journal
  profile_id TEXT NOT NULL REFERENCES profile (id) ON DELETE CASCADE, -- who
  day TEXT NOT NULL, -- the calendar day, YYYY-MM-DD
  level_id TEXT NOT NULL, -- where the person was then
  after_absence INTEGER NOT NULL, -- 1: where to begin again; 0: whether to go on
  at TEXT -- when it was asked, with the offset from UTC
) STRICT;
CREATE INDEX level_asked_of ON level_asked (profile_id);
