-- What supervisors did: every look, whisper, taking over and mark. Only ever added to.
CREATE TABLE supervision (
  id           BLOB    PRIMARY KEY,       -- of its event in the stream supervisors
  at           INTEGER NOT NULL,
  by           BLOB    NOT NULL REFERENCES persons (id),
  act          TEXT    NOT NULL,
  conversation BLOB    NOT NULL,
  specialist   BLOB                       -- who had it then
) STRICT;
CREATE INDEX supervision_at ON supervision (at);

CREATE TABLE head_marks (                 -- the head's own marks beside the customers' ratings
  conversation BLOB    PRIMARY KEY,
  by           BLOB    NOT NULL REFERENCES persons (id),
  stars        INTEGER NOT NULL CHECK (stars BETWEEN 1 AND 5),
  comment      TEXT    NOT NULL,
  at           INTEGER NOT NULL
) STRICT;
