-- Keys of the API; webhooks, what they tell, and a log of it.

CREATE TABLE api_keys (
  id      BLOB    PRIMARY KEY,
  hash    BLOB    NOT NULL UNIQUE,        -- BLAKE3 of the text, which nobody here has
  name    TEXT    NOT NULL,
  scopes  TEXT    NOT NULL,               -- JSON
  until   INTEGER,
  made    INTEGER NOT NULL,
  revoked INTEGER,
  used    INTEGER                         -- to the minute
) STRICT;

CREATE TABLE webhooks (
  id      BLOB    PRIMARY KEY,
  url     TEXT    NOT NULL,
  topics  TEXT    NOT NULL,               -- JSON
  secret  BLOB    NOT NULL,               -- sealed
  state   TEXT    NOT NULL CHECK (state IN ('on', 'off')),
  failing INTEGER NOT NULL DEFAULT 0,
  made    INTEGER NOT NULL,
  head    INTEGER NOT NULL DEFAULT 0      -- number of the newest delivery
) STRICT;

CREATE TABLE deliveries (                 -- written by the commit that they tell of
  webhook BLOB    NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
  seq     INTEGER NOT NULL,
  topic   TEXT    NOT NULL,
  told    TEXT    NOT NULL,               -- JSON, thin
  at      INTEGER NOT NULL,
  state   TEXT    NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'arrived', 'failed')),
  tries   INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL,
  tried   INTEGER,
  status  INTEGER,                        -- HTTP
  said    TEXT    NOT NULL DEFAULT '',
  PRIMARY KEY (webhook, seq)
) STRICT;
CREATE INDEX deliveries_due ON deliveries (next_at) WHERE state = 'waiting';
CREATE INDEX deliveries_at ON deliveries (at);

-- The API reads what has changed since a moment.
ALTER TABLE requests ADD COLUMN moved_at INTEGER NOT NULL DEFAULT 0;
UPDATE requests SET moved_at = max(since, coalesce(accepted_at, 0), coalesce(closed_at, 0));
CREATE INDEX requests_moved ON requests (moved_at, id);
CREATE INDEX tickets_updated ON tickets (json_extract(ticket, '$.updated'), number);
