CREATE TABLE contracts (
  id           BLOB PRIMARY KEY,
  organisation BLOB NOT NULL REFERENCES organisations (id),
  first_day    TEXT NOT NULL,             -- 2026-12-31, in the contract's zone
  last_day     TEXT,                      -- inside; none when it has no end
  body         TEXT NOT NULL              -- JSON as on the wire
) STRICT;
CREATE INDEX contracts_organisation ON contracts (organisation);

CREATE TABLE contract_policy (
  id            INTEGER PRIMARY KEY CHECK (id = 1),
  serve_without INTEGER NOT NULL          -- clients without any contract
) STRICT;
INSERT INTO contract_policy (id, serve_without) VALUES (1, 1);

CREATE TABLE request_basis (              -- how a request was judged when it was asked
  request  BLOB    PRIMARY KEY REFERENCES requests (id),
  contract BLOB    REFERENCES contracts (id),
  urgent   INTEGER NOT NULL,              -- "work has stopped" goes first
  at       INTEGER NOT NULL
) STRICT;
CREATE INDEX request_basis_contract ON request_basis (contract, at) WHERE contract IS NOT NULL;

CREATE TABLE time_spent (
  work         TEXT    NOT NULL CHECK (work IN ('conversation', 'session', 'ticket')),
  id           BLOB    NOT NULL,          -- of the conversation, session or ticket
  by           BLOB    NOT NULL REFERENCES persons (id),
  organisation BLOB    NOT NULL REFERENCES organisations (id),
  contract     BLOB    REFERENCES contracts (id),
  minutes      INTEGER NOT NULL,          -- as noted
  drawn        INTEGER NOT NULL,          -- as drawn from the allowance, in the contract's steps
  at           INTEGER NOT NULL,          -- when it was first noted: a correction stays in its month
  PRIMARY KEY (work, id, by)
) STRICT, WITHOUT ROWID;
CREATE INDEX time_spent_contract ON time_spent (contract, at) WHERE contract IS NOT NULL;
CREATE INDEX time_spent_at ON time_spent (at);

CREATE TABLE renewals (                   -- wishes that nobody has dealt with
  organisation BLOB    PRIMARY KEY REFERENCES organisations (id),
  by           BLOB    NOT NULL REFERENCES persons (id),
  comment      TEXT    NOT NULL,
  at           INTEGER NOT NULL
) STRICT;

CREATE TABLE contract_notices (           -- reminders that were sent
  contract BLOB    NOT NULL,
  notice   TEXT    NOT NULL,              -- JSON: what it says, and the day it is about
  at       INTEGER NOT NULL,
  PRIMARY KEY (contract, notice)
) STRICT, WITHOUT ROWID;
