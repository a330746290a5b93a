-- An entry of a ticket's history stands in `staff` and in `ticket/ID` under one id: an id is one of its stream.
CREATE TABLE events_of_streams (          -- headers; they outlive an erased person
  gseq      INTEGER PRIMARY KEY,
  stream    INTEGER NOT NULL REFERENCES streams (id),
  seq       INTEGER NOT NULL,
  id        BLOB    NOT NULL,
  at        INTEGER NOT NULL,
  by        BLOB,
  kind      TEXT    NOT NULL,
  body_hash BLOB    NOT NULL,             -- keyed BLAKE3 of the body
  UNIQUE (stream, seq),
  UNIQUE (id, stream)
) STRICT;
INSERT INTO events_of_streams (gseq, stream, seq, id, at, by, kind, body_hash)
SELECT gseq, stream, seq, id, at, by, kind, body_hash FROM events;
-- Bodies refer to headers: both are made anew, so that at no moment one refers to nothing.
CREATE TABLE bodies_of_streams (
  gseq INTEGER PRIMARY KEY REFERENCES events_of_streams (gseq),
  body TEXT    NOT NULL                   -- JSON as on the wire
) STRICT;
INSERT INTO bodies_of_streams (gseq, body) SELECT gseq, body FROM event_bodies;
DROP TABLE event_bodies;
DROP TABLE events;
ALTER TABLE events_of_streams RENAME TO events;
ALTER TABLE bodies_of_streams RENAME TO event_bodies;

CREATE TABLE tickets_now (                -- as they are now; what happened is in the log
  number       INTEGER PRIMARY KEY,
  id           BLOB    NOT NULL UNIQUE,
  customer     BLOB    NOT NULL REFERENCES persons (id),
  organisation BLOB    REFERENCES organisations (id),
  visibility   TEXT    NOT NULL CHECK (visibility IN ('private', 'organisation', 'group')),
  ticket       TEXT    NOT NULL,          -- JSON of domain::ticket::Ticket
  clocks       TEXT    NOT NULL,          -- JSON of domain::ticket::terms::Clocks
  pressed      TEXT    NOT NULL DEFAULT 'no' CHECK (pressed IN ('no', 'near', 'broken')),
  press_at     INTEGER                    -- when its light turns next
) STRICT;
CREATE INDEX tickets_shown ON tickets_now (organisation) WHERE visibility <> 'private';
CREATE INDEX tickets_press ON tickets_now (press_at) WHERE press_at IS NOT NULL;

-- What was kept as a draft until now. Nothing was promised for it.
INSERT INTO tickets_now (number, id, customer, organisation, visibility, ticket, clocks)
SELECT t.number, t.id, t.customer, p.organisation, 'private',
       json_object(
         'id', json_extract(t.draft, '$.id'), 'number', t.number,
         'customer', lower(substr(hex(t.customer), 1, 8) || '-' || substr(hex(t.customer), 9, 4) || '-'
                    || substr(hex(t.customer), 13, 4) || '-' || substr(hex(t.customer), 17, 4) || '-'
                    || substr(hex(t.customer), 21)),
         'organisation', lower(substr(hex(p.organisation), 1, 8) || '-' || substr(hex(p.organisation), 9, 4) || '-'
                    || substr(hex(p.organisation), 13, 4) || '-' || substr(hex(p.organisation), 17, 4) || '-'
                    || substr(hex(p.organisation), 21)),
         'by', lower(substr(hex(t.by), 1, 8) || '-' || substr(hex(t.by), 9, 4) || '-' || substr(hex(t.by), 13, 4)
                    || '-' || substr(hex(t.by), 17, 4) || '-' || substr(hex(t.by), 21)),
         'made', t.at, 'updated', t.at, 'conversation', json_extract(t.draft, '$.conversation'),
         'subject', json_extract(t.draft, '$.subject'), 'description', json_extract(t.draft, '$.description'),
         'kind', json_extract(t.draft, '$.kind'),
         'tracker', '00000000-0000-0000-0000-00000000000'
                    || CASE json_extract(t.draft, '$.kind') WHEN 'error' THEN 1 WHEN 'consultation' THEN 2 ELSE 3 END,
         'status', t.status, 'priority', json_extract(t.draft, '$.priority'), 'category', NULL,
         'product', '', 'release', '', 'due', NULL, 'assignee', NULL, 'line', NULL,
         'visibility', json('{"to":"private"}'), 'custom', json('{}'), 'parent', NULL, 'merged', NULL,
         'files', json_extract(t.draft, '$.files'), 'watchers', json('[]'), 'links', json('[]'),
         'checklist', json('{}'), 'voters', json('[]'), 'rating', NULL,
         'deadlines', json('{"answer":null,"solution":null}')),
       '{"answer":null,"solution":null,"answered":false}'
  FROM tickets t JOIN persons p ON p.id = t.customer;
DROP TABLE tickets;
ALTER TABLE tickets_now RENAME TO tickets;

-- From here on their customers read what happens to them in a stream of its own.
INSERT INTO streams (name) SELECT 'ticket/' || json_extract(ticket, '$.id') FROM tickets;
INSERT INTO rights (person, stream)
SELECT t.customer, s.id FROM tickets t
  JOIN persons p ON p.id = t.customer AND p.role = 'customer' AND p.erased_at IS NULL
  JOIN streams s ON s.name = 'ticket/' || json_extract(t.ticket, '$.id');

CREATE TABLE trackers (                   -- a standard one that is not here is as it always was
  id      BLOB PRIMARY KEY,
  tracker TEXT NOT NULL                   -- JSON as on the wire
) STRICT;
CREATE TABLE ticket_settings (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  categories TEXT NOT NULL DEFAULT '[]',  -- JSON as on the wire, in order
  terms      TEXT                         -- JSON as on the wire; none: the usual ones
) STRICT;
INSERT INTO ticket_settings (id) VALUES (1);
CREATE TABLE published_tickets (          -- what all clients are told
  ticket BLOB PRIMARY KEY,
  notice TEXT NOT NULL                    -- JSON as on the wire
) STRICT;
CREATE TABLE introduced (                 -- whose names a ticket's stream has said
  ticket BLOB NOT NULL,
  person BLOB NOT NULL,
  PRIMARY KEY (ticket, person)
) STRICT, WITHOUT ROWID;

-- Letters about tickets, and when letters wait.
ALTER TABLE mail_choices ADD COLUMN tickets TEXT NOT NULL DEFAULT '{"when":"never"}';  -- JSON as on the wire
ALTER TABLE mail_choices ADD COLUMN quiet TEXT;                                        -- JSON as on the wire
ALTER TABLE mail_choices ADD COLUMN zone TEXT NOT NULL DEFAULT 'UTC';
CREATE TABLE ticket_stages (              -- until the letter is written
  person BLOB    NOT NULL,
  entry  BLOB    NOT NULL,                -- of the ticket's history
  ticket BLOB    NOT NULL,
  status TEXT,                            -- where it was moved
  said   INTEGER NOT NULL,
  due    INTEGER NOT NULL,                -- when the letter is written
  PRIMARY KEY (person, entry)
) STRICT;
CREATE INDEX ticket_stages_due ON ticket_stages (due);
