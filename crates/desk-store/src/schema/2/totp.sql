-- Second factors of the firm's people.

ALTER TABLE firm ADD COLUMN staff_code INTEGER NOT NULL DEFAULT 0;
CREATE TABLE totp (
  person       BLOB    PRIMARY KEY REFERENCES persons (id),
  secret       BLOB    NOT NULL,          -- sealed
  last_step    INTEGER NOT NULL,          -- a code is good once
  tries        INTEGER NOT NULL DEFAULT 0,
  paused_until INTEGER NOT NULL DEFAULT 0,
  since        INTEGER NOT NULL
) STRICT;
CREATE TABLE totp_recovery (
  person BLOB NOT NULL REFERENCES totp (person) ON DELETE CASCADE,
  hash   BLOB NOT NULL,
  PRIMARY KEY (person, hash)
) STRICT, WITHOUT ROWID;
