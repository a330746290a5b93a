CREATE TABLE invitations (                -- of people into talks
  id           BLOB    PRIMARY KEY,
  conversation BLOB    NOT NULL REFERENCES requests (id),
  by           BLOB    NOT NULL,
  person       BLOB    NOT NULL,
  from_seq     INTEGER NOT NULL,          -- what the person will read begins here
  until        INTEGER NOT NULL,
  ended        TEXT                       -- how, in a word; NULL while it is open
) STRICT;
CREATE UNIQUE INDEX invitations_open ON invitations (conversation, person) WHERE ended IS NULL;
