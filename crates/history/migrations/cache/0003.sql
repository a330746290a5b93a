-- What the client makes of the log, so that a start does not read all of it again: rows as JSON, by the part of the
-- client's world and the key there. Each is written after the events it follows from, all of one moment in one
-- transaction; rows of the part 'streams' say through which `seq` of each stream they are true.
CREATE TABLE kept (
    account     INTEGER NOT NULL,
    part        TEXT    NOT NULL,
    key         TEXT    NOT NULL,
    body        TEXT    NOT NULL,           -- JSON
    PRIMARY KEY (account, part, key)
) STRICT, WITHOUT ROWID;

-- There is a row while `kept` is whole and true.
CREATE TABLE kept_state (
    account     INTEGER PRIMARY KEY,
    rules       TEXT    NOT NULL            -- fingerprint of the rules that made it
) STRICT;

-- The last stored `seq` of each stream.
CREATE TABLE stream_head (
    account     INTEGER NOT NULL,
    stream      TEXT    NOT NULL,
    head        INTEGER NOT NULL,
    PRIMARY KEY (account, stream)
) STRICT, WITHOUT ROWID;
INSERT INTO stream_head (account, stream, head)
SELECT account, stream, max(seq) FROM event GROUP BY account, stream;

-- Triggers, not the program: an older program, which knows nothing of these tables, keeps them true as well.
CREATE TRIGGER event_added AFTER INSERT ON event BEGIN
    INSERT INTO stream_head (account, stream, head) VALUES (NEW.account, NEW.stream, NEW.seq)
        ON CONFLICT (account, stream) DO UPDATE SET head = max(head, excluded.head);
END;
-- The log is only ever added to. What changes it otherwise erases, and then no trace may stay here.
CREATE TRIGGER event_erased AFTER UPDATE ON event BEGIN
    DELETE FROM kept WHERE account = OLD.account;
    DELETE FROM kept_state WHERE account = OLD.account;
END;
CREATE TRIGGER event_dropped AFTER DELETE ON event BEGIN
    DELETE FROM kept WHERE account = OLD.account;
    DELETE FROM kept_state WHERE account = OLD.account;
    DELETE FROM stream_head WHERE account = OLD.account AND stream = OLD.stream;
END;
