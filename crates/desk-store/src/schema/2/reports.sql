-- What reports count, beside each request; written by the operations themselves.
-- Lengths are microseconds of working time of the line.
ALTER TABLE requests ADD COLUMN organisation   BLOB;                      -- of the customer when it was asked
ALTER TABLE requests ADD COLUMN program        TEXT    NOT NULL DEFAULT '';
ALTER TABLE requests ADD COLUMN opened_at      INTEGER NOT NULL DEFAULT 0; -- the latest opening
ALTER TABLE requests ADD COLUMN accepted_at    INTEGER;                   -- by the present or last owner
ALTER TABLE requests ADD COLUMN owner          BLOB;                      -- stays after the end
ALTER TABLE requests ADD COLUMN first_human_at INTEGER;                   -- first answer by a person
ALTER TABLE requests ADD COLUMN first_work     INTEGER;
ALTER TABLE requests ADD COLUMN closed_at      INTEGER;
ALTER TABLE requests ADD COLUMN closed_work    INTEGER;
ALTER TABLE requests ADD COLUMN stars          INTEGER;
ALTER TABLE requests ADD COLUMN head_stars     INTEGER;

-- Requests of an earlier version: what the log knows of them, in time by the clock.
UPDATE requests SET
  organisation = (SELECT p.organisation FROM persons p WHERE p.id = requests.customer),
  program = trim(coalesce(json_extract(ask, '$.program.name'), '')),
  opened_at = since,
  stars = (SELECT r.stars FROM ratings r WHERE r.conversation = requests.id),
  accepted_at = (SELECT max(e.at) FROM streams s JOIN events e ON e.stream = s.id JOIN persons p ON p.id = e.by
                  WHERE s.conversation = requests.id AND e.kind = 'joined' AND p.role <> 'customer'),
  owner = (SELECT e.by FROM streams s JOIN events e ON e.stream = s.id JOIN persons p ON p.id = e.by
            WHERE s.conversation = requests.id AND e.kind = 'joined' AND p.role <> 'customer'
            ORDER BY e.seq DESC LIMIT 1),
  first_human_at = (SELECT min(e.at) FROM streams s JOIN events e ON e.stream = s.id JOIN persons p ON p.id = e.by
                     WHERE s.conversation = requests.id AND e.kind = 'said' AND p.role <> 'customer'),
  closed_at = (SELECT max(e.at) FROM streams s JOIN events e ON e.stream = s.id
                WHERE s.conversation = requests.id AND e.kind = 'closed');
UPDATE requests SET
  first_work = max(first_human_at - since, 0),
  closed_work = CASE WHEN state = 'closed' THEN max(closed_at - since, 0) END;

-- Everything a report reads: the rows themselves, with what customers wrote, stay untouched.
CREATE INDEX requests_report ON requests
  (since, line, class, organisation, program, owner, state, first_work, closed_work, stars, head_stars);
CREATE INDEX requests_held ON requests (holder, accepted_at) WHERE state = 'accepted';
CREATE INDEX ratings_at ON ratings (at);
