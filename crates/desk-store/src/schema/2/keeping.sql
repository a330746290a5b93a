-- How long closed talks are kept, who was erased, and files that wait to be taken off the disk.

CREATE TABLE retention (
  line BLOB    PRIMARY KEY REFERENCES lines (id),
  days INTEGER NOT NULL CHECK (days > 0)
) STRICT;
ALTER TABLE persons ADD COLUMN erased_at INTEGER;
ALTER TABLE requests ADD COLUMN forgotten_at INTEGER;
CREATE TABLE dropped_blobs (hash BLOB PRIMARY KEY) STRICT;
CREATE INDEX blob_streams_stream ON blob_streams (stream);
