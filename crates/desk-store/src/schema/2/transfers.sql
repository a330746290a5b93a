CREATE TABLE transfers (                  -- offers of talks to colleagues
  id           BLOB    PRIMARY KEY,
  conversation BLOB    NOT NULL REFERENCES requests (id),
  giver        BLOB    NOT NULL,
  receiver     BLOB    NOT NULL,
  epoch        INTEGER NOT NULL,          -- of the request when it was made; another one makes it dead
  until        INTEGER NOT NULL,
  stays        INTEGER NOT NULL,          -- the giver stays as a second specialist
  ended        TEXT                       -- JSON of how; NULL while it is open
) STRICT;
CREATE UNIQUE INDEX transfers_open ON transfers (conversation) WHERE ended IS NULL;
