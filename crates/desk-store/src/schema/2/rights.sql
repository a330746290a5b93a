-- A supervisor who looks in reads a stream without being a member of it.
ALTER TABLE rights ADD COLUMN silent INTEGER NOT NULL DEFAULT 0;
