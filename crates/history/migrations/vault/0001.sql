-- One row. A program whose newest migration is older than `min_writer` must not write here.
CREATE TABLE meta (
    version     INTEGER NOT NULL,
    min_reader  INTEGER NOT NULL,
    min_writer  INTEGER NOT NULL
) STRICT;
INSERT INTO meta (version, min_reader, min_writer) VALUES (0, 1, 1);

-- Who one is at which desk.
CREATE TABLE account (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    address          TEXT    NOT NULL,      -- host:port
    desk             BLOB    NOT NULL UNIQUE, -- 16 bytes: the pin of the desk's key
    organisation_key BLOB    NOT NULL,      -- 32 bytes, compared with the invite when it was redeemed
    person           BLOB    NOT NULL,
    name             TEXT    NOT NULL,
    role             TEXT    NOT NULL,      -- JSON string
    desk_name        TEXT    NOT NULL,
    organisation     TEXT    NOT NULL,
    certificate      TEXT    NOT NULL,      -- JSON: the device's proof
    made_at          INTEGER NOT NULL
) STRICT;

-- Choices of the person. Account 0 is the profile itself.
CREATE TABLE setting (
    account     INTEGER NOT NULL,
    name        TEXT    NOT NULL,
    value       TEXT    NOT NULL,
    PRIMARY KEY (account, name)
) STRICT, WITHOUT ROWID;

-- What was written here and is not yet seen in the desk's log. The row is the queue (D10).
CREATE TABLE outbox (
    id          INTEGER PRIMARY KEY AUTOINCREMENT, -- order inside a lane; never used again
    account     INTEGER NOT NULL,
    op_id       BLOB    NOT NULL,           -- idempotency key for ever
    lane        TEXT    NOT NULL,           -- one operation of a lane at a time, in order
    kind        TEXT    NOT NULL,           -- 'say', 'ask', 'upload', ...
    body        TEXT    NOT NULL,           -- JSON
    state       TEXT    NOT NULL DEFAULT 'queued', -- queued, inflight, acked, stuck
    attempts    INTEGER NOT NULL DEFAULT 0,
    next_at     INTEGER NOT NULL DEFAULT 0, -- not before this moment
    code        TEXT,                       -- why it is stuck, JSON string
    made_at     INTEGER NOT NULL,
    UNIQUE (account, op_id)
) STRICT;
CREATE INDEX outbox_by_lane ON outbox (account, lane, id);

-- Uploads that must be done before an operation may go.
CREATE TABLE outbox_need (
    op          INTEGER NOT NULL REFERENCES outbox (id) ON DELETE CASCADE,
    hash        TEXT    NOT NULL,
    PRIMARY KEY (op, hash)
) STRICT, WITHOUT ROWID;

-- Where the desk collects an upload that has begun.
CREATE TABLE upload (
    account     INTEGER NOT NULL,
    hash        TEXT    NOT NULL,
    location    TEXT    NOT NULL,
    PRIMARY KEY (account, hash)
) STRICT, WITHOUT ROWID;
