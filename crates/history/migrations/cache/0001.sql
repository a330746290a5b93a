-- One row. A program whose newest migration is older than `min_writer` must not write here.
CREATE TABLE meta (
    version     INTEGER NOT NULL,
    min_reader  INTEGER NOT NULL,
    min_writer  INTEGER NOT NULL
) STRICT;
INSERT INTO meta (version, min_reader, min_writer) VALUES (0, 1, 1);

-- Which feed the events belong to, and up to where they are complete.
CREATE TABLE feed (
    account     INTEGER PRIMARY KEY,
    epoch       BLOB    NOT NULL,           -- uuid; another one means: the desk was restored
    cursor      INTEGER NOT NULL DEFAULT 0  -- everything up to this gseq is in `event`
) STRICT;

-- The log, as it came.
CREATE TABLE event (
    account     INTEGER NOT NULL,
    stream      TEXT    NOT NULL,           -- like 'conversation/ID/public'
    seq         INTEGER NOT NULL,           -- from 1 without a gap, once everything is here
    gseq        INTEGER NOT NULL,
    id          BLOB    NOT NULL,           -- uuid
    at          INTEGER NOT NULL,           -- microseconds UTC, the desk's clock
    by          BLOB,                       -- person, null when the desk did it
    kind        TEXT    NOT NULL,           -- the body's 'is', also when we do not know it
    body        TEXT    NOT NULL,           -- JSON
    PRIMARY KEY (account, stream, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_by_id ON event (account, id);
