-- Devices can be named, vouched for by another one, and revoked.
ALTER TABLE devices ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE devices ADD COLUMN revoked_at INTEGER;
ALTER TABLE devices ADD COLUMN told INTEGER NOT NULL DEFAULT 0;  -- an event lists it

CREATE TABLE vouchings (                  -- links for a further device; each is an invite too
  link_key BLOB    PRIMARY KEY REFERENCES invites (key),
  device   BLOB    NOT NULL REFERENCES devices (key),
  vouching TEXT    NOT NULL,
  until    INTEGER NOT NULL
) STRICT;
