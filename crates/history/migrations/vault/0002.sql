-- What is being written and was not sent. An older program leaves it alone.
CREATE TABLE draft (
    account     INTEGER NOT NULL,
    id          BLOB    NOT NULL,           -- becomes the operation's id: sending twice is sending once
    kind        TEXT    NOT NULL,           -- 'ticket'
    body        TEXT    NOT NULL,           -- JSON
    changed_at  INTEGER NOT NULL,
    PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;
