-- Version 1. Append-only: later versions are files of their own.
-- Ids are the 16 bytes of UUIDs, keys 32 bytes, times microseconds since 1970 UTC.

CREATE TABLE meta (
  id          INTEGER PRIMARY KEY CHECK (id = 1),
  version     INTEGER NOT NULL,
  min_reader  INTEGER NOT NULL,           -- programs below this version must not read
  min_writer  INTEGER NOT NULL            -- nor write
) STRICT;

CREATE TABLE firm (
  id               INTEGER PRIMARY KEY CHECK (id = 1),
  name             TEXT    NOT NULL DEFAULT '',
  organisation_key BLOB,                  -- made on the owner's device; the desk has no private half
  founding_seed    BLOB,                  -- of the owner's first invite, until it is redeemed
  feed_epoch       BLOB    NOT NULL,
  body_key         BLOB    NOT NULL,      -- keys the hashes of event bodies, so that they cannot be guessed
  gseq             INTEGER NOT NULL DEFAULT 0,
  ticket           INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE streams (
  id           INTEGER PRIMARY KEY,
  name         TEXT    NOT NULL UNIQUE,
  conversation BLOB,                      -- the conversation it is the public stream of
  head         INTEGER NOT NULL DEFAULT 0 -- last seq
) STRICT;
CREATE UNIQUE INDEX streams_conversation ON streams (conversation) WHERE conversation IS NOT NULL;

CREATE TABLE events (                     -- headers; they outlive an erased person
  gseq      INTEGER PRIMARY KEY,
  stream    INTEGER NOT NULL REFERENCES streams (id),
  seq       INTEGER NOT NULL,
  id        BLOB    NOT NULL UNIQUE,
  at        INTEGER NOT NULL,
  by        BLOB,
  kind      TEXT    NOT NULL,
  body_hash BLOB    NOT NULL,             -- keyed BLAKE3 of the body
  UNIQUE (stream, seq)
) STRICT;

CREATE TABLE event_bodies (
  gseq INTEGER PRIMARY KEY REFERENCES events (gseq),
  body TEXT    NOT NULL                   -- JSON as on the wire
) STRICT;

CREATE TABLE rights (
  person   BLOB    NOT NULL,
  stream   INTEGER NOT NULL REFERENCES streams (id),
  from_seq INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (person, stream)
) STRICT, WITHOUT ROWID;
CREATE INDEX rights_stream ON rights (stream);

CREATE TABLE done_ops (
  device BLOB    NOT NULL,
  op     BLOB    NOT NULL,
  at     INTEGER NOT NULL,
  result TEXT    NOT NULL,
  PRIMARY KEY (device, op)
) STRICT, WITHOUT ROWID;

CREATE TABLE lines (id BLOB PRIMARY KEY, name TEXT NOT NULL) STRICT;
CREATE TABLE organisations (id BLOB PRIMARY KEY, name TEXT NOT NULL) STRICT;

CREATE TABLE persons (
  id           BLOB    PRIMARY KEY,
  name         TEXT    NOT NULL,
  role         TEXT    NOT NULL,
  organisation BLOB    REFERENCES organisations (id),
  on_line      INTEGER NOT NULL DEFAULT 0, -- declared; who is there is a lease and not kept
  made_at      INTEGER NOT NULL,
  joined_at    INTEGER
) STRICT;

CREATE TABLE person_lines (
  person BLOB NOT NULL REFERENCES persons (id),
  line   BLOB NOT NULL REFERENCES lines (id),
  PRIMARY KEY (person, line)
) STRICT, WITHOUT ROWID;

CREATE TABLE invites (
  key         BLOB    PRIMARY KEY,
  person      BLOB    REFERENCES persons (id),
  admission   TEXT,
  device      BLOB,                       -- that redeemed it
  made_at     INTEGER NOT NULL,
  redeemed_at INTEGER
) STRICT;

CREATE TABLE devices (
  key         BLOB    PRIMARY KEY,
  person      BLOB    NOT NULL REFERENCES persons (id),
  certificate TEXT    NOT NULL,
  since       INTEGER NOT NULL
) STRICT;
CREATE INDEX devices_person ON devices (person);

CREATE TABLE requests (
  id       BLOB    PRIMARY KEY,           -- of its conversation too
  customer BLOB    NOT NULL REFERENCES persons (id),
  line     BLOB    NOT NULL REFERENCES lines (id),
  class    TEXT    NOT NULL,
  ask      TEXT    NOT NULL,
  since    INTEGER NOT NULL,
  state    TEXT    NOT NULL CHECK (state IN ('waiting', 'offered', 'accepted', 'closed', 'cancelled')),
  holder   BLOB,                          -- offered to, or accepted by
  until    INTEGER,                       -- when the offer lapses
  epoch    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX requests_queue ON requests (since) WHERE state IN ('waiting', 'offered');

CREATE TABLE specialist_load (
  person     BLOB    PRIMARY KEY REFERENCES persons (id),
  active     INTEGER NOT NULL DEFAULT 0 CHECK (active >= 0),
  capacity   INTEGER NOT NULL DEFAULT 4,
  idle_since INTEGER NOT NULL
) STRICT;

CREATE TABLE passes (
  request     BLOB    NOT NULL REFERENCES requests (id),
  person      BLOB    NOT NULL REFERENCES persons (id),
  rests_until INTEGER NOT NULL,
  PRIMARY KEY (request, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE seen (
  conversation BLOB    NOT NULL,
  person       BLOB    NOT NULL,
  up_to        INTEGER NOT NULL,
  PRIMARY KEY (conversation, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE ratings (
  conversation BLOB    PRIMARY KEY,
  stars        INTEGER NOT NULL CHECK (stars BETWEEN 1 AND 5),
  comment      TEXT    NOT NULL,
  at           INTEGER NOT NULL
) STRICT;

CREATE TABLE tickets (
  number   INTEGER PRIMARY KEY,
  id       BLOB    NOT NULL UNIQUE,
  customer BLOB    NOT NULL REFERENCES persons (id),
  by       BLOB    NOT NULL REFERENCES persons (id),
  draft    TEXT    NOT NULL,
  status   TEXT    NOT NULL,
  at       INTEGER NOT NULL
) STRICT;

CREATE TABLE screens (                    -- remote sessions
  id            BLOB    PRIMARY KEY,
  conversation  BLOB    NOT NULL,
  helper        BLOB    NOT NULL,
  helper_device BLOB    NOT NULL,
  customer      BLOB    NOT NULL,
  controlled    BLOB,
  scopes        TEXT    NOT NULL,
  state         TEXT    NOT NULL CHECK (state IN ('requested', 'live', 'ended')),
  asked_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX screens_open ON screens (conversation) WHERE state <> 'ended';

CREATE TABLE uploads (
  id      BLOB    PRIMARY KEY,
  person  BLOB    NOT NULL,
  hash    BLOB    NOT NULL,
  size    INTEGER NOT NULL,
  offset  INTEGER NOT NULL DEFAULT 0,     -- bytes safe on disk
  made_at INTEGER NOT NULL
) STRICT;

CREATE TABLE blobs (
  hash BLOB    PRIMARY KEY,               -- BLAKE3
  size INTEGER NOT NULL,
  at   INTEGER NOT NULL
) STRICT;

CREATE TABLE blob_senders (
  hash   BLOB NOT NULL REFERENCES blobs (hash),
  person BLOB NOT NULL,
  PRIMARY KEY (hash, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE blob_streams (               -- who reads the stream reads the blob
  hash   BLOB    NOT NULL REFERENCES blobs (hash),
  stream INTEGER NOT NULL REFERENCES streams (id),
  PRIMARY KEY (hash, stream)
) STRICT, WITHOUT ROWID;
