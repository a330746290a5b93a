CREATE TABLE line_calendars (             -- a line that is not here is always open
  line     BLOB PRIMARY KEY REFERENCES lines (id),
  calendar TEXT NOT NULL                  -- JSON as on the wire
) STRICT;

CREATE TABLE callbacks (
  request  BLOB    PRIMARY KEY REFERENCES requests (id),
  callback TEXT    NOT NULL,              -- number and time
  at       INTEGER NOT NULL
) STRICT;
