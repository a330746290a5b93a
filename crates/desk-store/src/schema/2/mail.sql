-- Mail out: the server, what people chose, letters until they are sent.

CREATE TABLE mail_server (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  server   TEXT NOT NULL,                 -- JSON, without the password
  password BLOB                           -- sealed
) STRICT;

CREATE TABLE mail_choices (
  person       BLOB    PRIMARY KEY REFERENCES persons (id),
  address      TEXT,
  tongue       TEXT    NOT NULL,
  unread_after INTEGER,                   -- minutes
  contracts    INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE mail_told (                  -- up to where a letter has told of unread answers
  person       BLOB    NOT NULL,
  conversation BLOB    NOT NULL,
  seq          INTEGER NOT NULL,
  PRIMARY KEY (person, conversation)
) STRICT, WITHOUT ROWID;

CREATE TABLE letters (
  id         BLOB    PRIMARY KEY,         -- names the message, also when it is sent twice
  key        TEXT    NOT NULL UNIQUE,     -- what it is about: the same is written once
  person     BLOB,
  letter     BLOB,                        -- sealed address, subject and text; wiped when settled
  written_at INTEGER NOT NULL,
  next_at    INTEGER NOT NULL,
  attempts   INTEGER NOT NULL DEFAULT 0,
  state      TEXT    NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed')),
  said       TEXT    NOT NULL DEFAULT ''  -- the mail server's last words
) STRICT;
CREATE INDEX letters_due ON letters (next_at) WHERE state = 'waiting';
