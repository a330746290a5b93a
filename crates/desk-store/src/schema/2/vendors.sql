CREATE TABLE vendors (                    -- organisations that are asked, and do not ask
  organisation BLOB PRIMARY KEY REFERENCES organisations (id)
) STRICT;

CREATE TABLE escalations (                -- one vendor a talk
  conversation BLOB    PRIMARY KEY REFERENCES requests (id),
  organisation BLOB    NOT NULL REFERENCES vendors (organisation),
  settled      INTEGER NOT NULL DEFAULT 0
) STRICT;
