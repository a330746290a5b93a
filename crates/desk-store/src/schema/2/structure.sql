-- Lines, organisations, people and groups with what is known about them.

ALTER TABLE lines ADD COLUMN tier INTEGER NOT NULL DEFAULT 1 CHECK (tier BETWEEN 1 AND 4);
ALTER TABLE lines ADD COLUMN description TEXT NOT NULL DEFAULT '';
ALTER TABLE lines ADD COLUMN place INTEGER NOT NULL DEFAULT 0;  -- order among the lines

ALTER TABLE organisations ADD COLUMN inn TEXT NOT NULL DEFAULT '';
ALTER TABLE organisations ADD COLUMN kpp TEXT NOT NULL DEFAULT '';
ALTER TABLE organisations ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE organisations ADD COLUMN products TEXT NOT NULL DEFAULT '[]';  -- JSON as on the wire
-- Branches share an ИНН and differ in КПП.
CREATE UNIQUE INDEX organisations_inn ON organisations (inn, kpp) WHERE inn <> '';

ALTER TABLE persons ADD COLUMN email TEXT NOT NULL DEFAULT '';  -- in small letters
ALTER TABLE persons ADD COLUMN phone TEXT NOT NULL DEFAULT '';
ALTER TABLE persons ADD COLUMN skills TEXT NOT NULL DEFAULT '[]';  -- JSON as on the wire
ALTER TABLE person_lines ADD COLUMN level TEXT NOT NULL DEFAULT 'sure';

CREATE TABLE memberships (                -- persons.organisation is the main one of these
  person       BLOB    NOT NULL REFERENCES persons (id),
  organisation BLOB    NOT NULL REFERENCES organisations (id),
  role         TEXT    NOT NULL,
  since        INTEGER,
  until        INTEGER,                   -- itself not included
  PRIMARY KEY (person, organisation)
) STRICT, WITHOUT ROWID;
CREATE INDEX memberships_organisation ON memberships (organisation);
INSERT INTO memberships (person, organisation, role)
SELECT id, organisation, 'user' FROM persons WHERE organisation IS NOT NULL;

CREATE TABLE groups (id BLOB PRIMARY KEY, name TEXT NOT NULL) STRICT;
CREATE TABLE group_members (
  grp    BLOB NOT NULL REFERENCES groups (id),
  person BLOB NOT NULL REFERENCES persons (id),
  PRIMARY KEY (grp, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE own_specialists (            -- who is asked first
  client     BLOB NOT NULL,               -- an organisation or a person
  kind       TEXT NOT NULL CHECK (kind IN ('organisation', 'person')),
  line       BLOB NOT NULL DEFAULT x'',   -- empty: all lines
  specialist BLOB NOT NULL REFERENCES persons (id),
  PRIMARY KEY (client, line)
) STRICT, WITHOUT ROWID;
