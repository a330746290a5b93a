-- Finding messages by their words. The text itself is in `event`; here are only words and stems.
CREATE TABLE search_row (
    id          INTEGER PRIMARY KEY,        -- rowid in `search`
    account     INTEGER NOT NULL,
    stream      TEXT    NOT NULL,
    seq         INTEGER NOT NULL,
    UNIQUE (account, stream, seq)
) STRICT;

-- How far what was stored before has been put into the index.
CREATE TABLE search_state (
    account     INTEGER PRIMARY KEY,
    version     INTEGER NOT NULL,           -- of the rules by which words are made
    stream      TEXT    NOT NULL,           -- done up to this place
    seq         INTEGER NOT NULL,
    done        INTEGER NOT NULL            -- 1: everything is in
) STRICT;

CREATE VIRTUAL TABLE search USING fts5 (
    words, stems, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3'
);
