-- What people declare. Without a row `persons.on_line` counts, as it did before.
CREATE TABLE declared (
  person BLOB    PRIMARY KEY REFERENCES persons (id),
  status TEXT    NOT NULL CHECK (status IN ('on_line', 'lunch', 'away', 'off')),
  until  INTEGER                          -- then on line again, without anyone touching the row
) STRICT, WITHOUT ROWID;

CREATE TABLE routing (                    -- the owner's settings, as JSON; without a row the usual ones
  id    INTEGER PRIMARY KEY CHECK (id = 1),
  rules TEXT    NOT NULL
) STRICT;

CREATE TABLE overflows (
  line   BLOB    PRIMARY KEY REFERENCES lines (id),
  target BLOB    NOT NULL REFERENCES lines (id),
  after  INTEGER NOT NULL                 -- microseconds of waiting
) STRICT, WITHOUT ROWID;

CREATE TABLE holds (                      -- accepted requests that are no load to their owner
  request BLOB    PRIMARY KEY REFERENCES requests (id),
  person  BLOB    NOT NULL REFERENCES persons (id),
  since   INTEGER NOT NULL,
  wanted  INTEGER                         -- the client wrote at, and the owner had no room
) STRICT, WITHOUT ROWID;

CREATE TABLE services (                   -- how long conversations take
  request BLOB    PRIMARY KEY REFERENCES requests (id),
  line    BLOB    NOT NULL,
  began   INTEGER NOT NULL,
  ended   INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX services_recent ON services (line, ended) WHERE ended IS NOT NULL;
