CREATE TABLE meta (
  id          INTEGER PRIMARY KEY CHECK (id = 1),
  version     INTEGER NOT NULL,
  min_reader  INTEGER NOT NULL,           -- programs below this version must not read
  min_writer  INTEGER NOT NULL            -- nor write
) STRICT;
CREATE TABLE firm (
  id               INTEGER PRIMARY KEY CHECK (id = 1),
  name             TEXT    NOT NULL DEFAULT '',
  organisation_key BLOB,                  -- made on the owner's device; the desk has no private half
  founding_seed    BLOB,                  -- of the owner's first invite, until it is redeemed
  feed_epoch       BLOB    NOT NULL,
  body_key         BLOB    NOT NULL,      -- keys the hashes of event bodies, so that they cannot be guessed
  gseq             INTEGER NOT NULL DEFAULT 0,
  ticket           INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE streams (
  id           INTEGER PRIMARY KEY,
  name         TEXT    NOT NULL UNIQUE,
  conversation BLOB,                      -- the conversation it is the public stream of
  head         INTEGER NOT NULL DEFAULT 0 -- last seq
) STRICT;
CREATE UNIQUE INDEX streams_conversation ON streams (conversation) WHERE conversation IS NOT NULL;
CREATE TABLE events (                     -- headers; they outlive an erased person
  gseq      INTEGER PRIMARY KEY,
  stream    INTEGER NOT NULL REFERENCES streams (id),
  seq       INTEGER NOT NULL,
  id        BLOB    NOT NULL UNIQUE,
  at        INTEGER NOT NULL,
  by        BLOB,
  kind      TEXT    NOT NULL,
  body_hash BLOB    NOT NULL,             -- keyed BLAKE3 of the body
  UNIQUE (stream, seq)
) STRICT;
CREATE TABLE event_bodies (
  gseq INTEGER PRIMARY KEY REFERENCES events (gseq),
  body TEXT    NOT NULL                   -- JSON as on the wire
) STRICT;
CREATE TABLE rights (
  person   BLOB    NOT NULL,
  stream   INTEGER NOT NULL REFERENCES streams (id),
  from_seq INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (person, stream)
) STRICT, WITHOUT ROWID;
CREATE INDEX rights_stream ON rights (stream);
CREATE TABLE done_ops (
  device BLOB    NOT NULL,
  op     BLOB    NOT NULL,
  at     INTEGER NOT NULL,
  result TEXT    NOT NULL,
  PRIMARY KEY (device, op)
) STRICT, WITHOUT ROWID;
CREATE TABLE lines (id BLOB PRIMARY KEY, name TEXT NOT NULL) STRICT;
CREATE TABLE organisations (id BLOB PRIMARY KEY, name TEXT NOT NULL) STRICT;
CREATE TABLE persons (
  id           BLOB    PRIMARY KEY,
  name         TEXT    NOT NULL,
  role         TEXT    NOT NULL,
  organisation BLOB    REFERENCES organisations (id),
  on_line      INTEGER NOT NULL DEFAULT 0, -- declared; who is there is a lease and not kept
  made_at      INTEGER NOT NULL,
  joined_at    INTEGER
) STRICT;
CREATE TABLE person_lines (
  person BLOB NOT NULL REFERENCES persons (id),
  line   BLOB NOT NULL REFERENCES lines (id),
  PRIMARY KEY (person, line)
) STRICT, WITHOUT ROWID;
CREATE TABLE invites (
  key         BLOB    PRIMARY KEY,
  person      BLOB    REFERENCES persons (id),
  admission   TEXT,
  device      BLOB,                       -- that redeemed it
  made_at     INTEGER NOT NULL,
  redeemed_at INTEGER
) STRICT;
CREATE TABLE devices (
  key         BLOB    PRIMARY KEY,
  person      BLOB    NOT NULL REFERENCES persons (id),
  certificate TEXT    NOT NULL,
  since       INTEGER NOT NULL
) STRICT;
CREATE INDEX devices_person ON devices (person);
CREATE TABLE requests (
  id       BLOB    PRIMARY KEY,           -- of its conversation too
  customer BLOB    NOT NULL REFERENCES persons (id),
  line     BLOB    NOT NULL REFERENCES lines (id),
  class    TEXT    NOT NULL,
  ask      TEXT    NOT NULL,
  since    INTEGER NOT NULL,
  state    TEXT    NOT NULL CHECK (state IN ('waiting', 'offered', 'accepted', 'closed', 'cancelled')),
  holder   BLOB,                          -- offered to, or accepted by
  until    INTEGER,                       -- when the offer lapses
  epoch    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX requests_queue ON requests (since) WHERE state IN ('waiting', 'offered');
CREATE TABLE specialist_load (
  person     BLOB    PRIMARY KEY REFERENCES persons (id),
  active     INTEGER NOT NULL DEFAULT 0 CHECK (active >= 0),
  capacity   INTEGER NOT NULL DEFAULT 4,
  idle_since INTEGER NOT NULL
) STRICT;
CREATE TABLE passes (
  request     BLOB    NOT NULL REFERENCES requests (id),
  person      BLOB    NOT NULL REFERENCES persons (id),
  rests_until INTEGER NOT NULL,
  PRIMARY KEY (request, person)
) STRICT, WITHOUT ROWID;
CREATE TABLE seen (
  conversation BLOB    NOT NULL,
  person       BLOB    NOT NULL,
  up_to        INTEGER NOT NULL,
  PRIMARY KEY (conversation, person)
) STRICT, WITHOUT ROWID;
CREATE TABLE ratings (
  conversation BLOB    PRIMARY KEY,
  stars        INTEGER NOT NULL CHECK (stars BETWEEN 1 AND 5),
  comment      TEXT    NOT NULL,
  at           INTEGER NOT NULL
) STRICT;
CREATE TABLE tickets (
  number   INTEGER PRIMARY KEY,
  id       BLOB    NOT NULL UNIQUE,
  customer BLOB    NOT NULL REFERENCES persons (id),
  by       BLOB    NOT NULL REFERENCES persons (id),
  draft    TEXT    NOT NULL,
  status   TEXT    NOT NULL,
  at       INTEGER NOT NULL
) STRICT;
CREATE TABLE screens (                    -- remote sessions
  id            BLOB    PRIMARY KEY,
  conversation  BLOB    NOT NULL,
  helper        BLOB    NOT NULL,
  helper_device BLOB    NOT NULL,
  customer      BLOB    NOT NULL,
  controlled    BLOB,
  scopes        TEXT    NOT NULL,
  state         TEXT    NOT NULL CHECK (state IN ('requested', 'live', 'ended')),
  asked_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX screens_open ON screens (conversation) WHERE state <> 'ended';
CREATE TABLE uploads (
  id      BLOB    PRIMARY KEY,
  person  BLOB    NOT NULL,
  hash    BLOB    NOT NULL,
  size    INTEGER NOT NULL,
  offset  INTEGER NOT NULL DEFAULT 0,     -- bytes safe on disk
  made_at INTEGER NOT NULL
) STRICT;
CREATE TABLE blobs (
  hash BLOB    PRIMARY KEY,               -- BLAKE3
  size INTEGER NOT NULL,
  at   INTEGER NOT NULL
) STRICT;
CREATE TABLE blob_senders (
  hash   BLOB NOT NULL REFERENCES blobs (hash),
  person BLOB NOT NULL,
  PRIMARY KEY (hash, person)
) STRICT, WITHOUT ROWID;
CREATE TABLE blob_streams (               -- who reads the stream reads the blob
  hash   BLOB    NOT NULL REFERENCES blobs (hash),
  stream INTEGER NOT NULL REFERENCES streams (id),
  PRIMARY KEY (hash, stream)
) STRICT, WITHOUT ROWID;
INSERT INTO meta (id, version, min_reader, min_writer) VALUES (1, 1, 1, 1);
INSERT INTO firm (id, name, organisation_key, founding_seed, feed_epoch, body_key, gseq, ticket) VALUES (1, 'Север-Софт', X'82C55F744B5A4DCDA46F3387EF6655CBE27D71CA85134196EA1B6326D503F518', NULL, X'0000000000007000955919AC4BB85175', X'6AEE9C8BC3715C6C04D8CCF03A9E1B5FBE7E5158CC0010DABDF7F8CBAE576221', 43, 1);
INSERT INTO streams (id, name, conversation, head) VALUES (1, 'person/01a21e4d-6882-72f9-a870-9384b29135f9', NULL, 3);
INSERT INTO streams (id, name, conversation, head) VALUES (2, 'desk', NULL, 2);
INSERT INTO streams (id, name, conversation, head) VALUES (3, 'staff', NULL, 15);
INSERT INTO streams (id, name, conversation, head) VALUES (4, 'supervisors', NULL, 0);
INSERT INTO streams (id, name, conversation, head) VALUES (5, 'person/01a21e4d-69d6-70b4-9458-ca633ae338f9', NULL, 3);
INSERT INTO streams (id, name, conversation, head) VALUES (6, 'person/01a21e4d-6a38-7537-ba64-ab51ebd52fb2', NULL, 10);
INSERT INTO streams (id, name, conversation, head) VALUES (7, 'conversation/01a21e4d-6a86-7364-9397-9779bbd88ee4/public', X'01A21E4D6A86736493979779BBD88EE4', 8);
INSERT INTO streams (id, name, conversation, head) VALUES (8, 'conversation/01a21e4d-6ad5-7fca-90c4-c152c8d39cd0/public', X'01A21E4D6AD57FCA90C4C152C8D39CD0', 2);
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (1, 2, 1, X'01A21E4D69B67F998E156EFAAE16D4BF', 1795804719287995, X'01A21E4D688272F9A8709384B29135F9', 'desk_named', X'1E75D2E666F5D0C36556CA1904B90EF0518E64DE84D605FC4FA59264F1861BB5');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (2, 3, 1, X'01A21E4D69B67FE7A16ED29E75188202', 1795804719287995, X'01A21E4D688272F9A8709384B29135F9', 'person_invited', X'B988DC71B163E18138ACDA466F03C6158B500F784C94024BC493DFCB87B4747E');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (3, 1, 1, X'01A21E4D69B871CEBB9FC2DB87095B8E', 1795804719287995, X'01A21E4D688272F9A8709384B29135F9', 'stream_opened', X'E4DE623419D3CD0A7DE88060D8D5E36A8EA0A2FC688A20E86C3999AEEDA7E2DF');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (4, 1, 2, X'01A21E4D69B87389A0BE7AA32D3E284F', 1795804719287995, X'01A21E4D688272F9A8709384B29135F9', 'stream_opened', X'02F60EF62E8B4272E2950B502F304433343AF98901B92B152CCF48F26650529A');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (5, 1, 3, X'01A21E4D69B97C8FA0FA2C6495E6A99A', 1795804719287995, X'01A21E4D688272F9A8709384B29135F9', 'stream_opened', X'B7D4C98AE9877162BE590BC65025395FCD187073981E28DA80B17C25A9A9634C');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (6, 3, 2, X'01A21E4D69B97CB0A04FE86945E19176', 1795804719287995, X'01A21E4D688272F9A8709384B29135F9', 'person_joined', X'33C0D9F9CBADA91C6DC94775DE5335CA674EF1E56DA4AA61098F65A3693981C1');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (7, 2, 2, X'01A21E4D69D172F9821A3712925BC74B', 1795804719569186, X'01A21E4D688272F9A8709384B29135F9', 'line_made', X'1FE4230D689FC31B55761C82EB0BA5F7CBA519B9F76B4F582CE450331349ECF3');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (8, 3, 3, X'01A21E4D69D4721C923E3B8B1CE0B614', 1795804719572132, X'01A21E4D688272F9A8709384B29135F9', 'organisation_made', X'9B950B54A15F1FF3CF0C0C521C867CEEFEDED78475C1A8A2927A8FDAA755D3F0');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (9, 3, 4, X'01A21E4D69D67FBA8356DF20E25D293B', 1795804719574983, X'01A21E4D688272F9A8709384B29135F9', 'person_invited', X'67883969033ADCC725DCECB5DE561C04EBDD8094CED8A2F335978F6291DDECAF');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (10, 5, 1, X'01A21E4D6A057D8997CC8EB57B7D06DD', 1795804719614626, X'01A21E4D69D670B49458CA633AE338F9', 'stream_opened', X'FDFF7C7978CBCCB972D6F701A30861C83E533736B342EC6EF4AC9BACF45A9C69');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (11, 5, 2, X'01A21E4D6A057E3DB54750619906D8D3', 1795804719614626, X'01A21E4D69D670B49458CA633AE338F9', 'stream_opened', X'F9F4488C1D5471545281D884E691D401C22C69D3B3123C6CEB30B657EC5AB242');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (12, 3, 5, X'01A21E4D6A057E45B590E33128C3C9F6', 1795804719614626, X'01A21E4D69D670B49458CA633AE338F9', 'person_joined', X'D712BBF748567AAEBA46880F6C47012A96CD78141B6D5718CBD081474C09483C');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (13, 3, 6, X'01A21E4D6A39790A8B682049704CA837', 1795804719673565, X'01A21E4D688272F9A8709384B29135F9', 'person_invited', X'47AD49B239D8EF0416873F1351ED80CF6566B71BF988DF5EF7F433CD2D710194');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (14, 6, 1, X'01A21E4D6A6D753FA5755A0C0F611171', 1795804719714800, X'01A21E4D6A387537BA64AB51EBD52FB2', 'stream_opened', X'FDFF7C7978CBCCB972D6F701A30861C83E533736B342EC6EF4AC9BACF45A9C69');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (15, 3, 7, X'01A21E4D6A6D75748185D6BDDCF6BB9F', 1795804719714800, X'01A21E4D6A387537BA64AB51EBD52FB2', 'person_joined', X'2FE7CA98EF550B9D3B711461E986F16CF3A61C041D9B978810CD64794477A693');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (16, 6, 2, X'01A21E4D6A867B1E8CF004FFE0D6F546', 1795804719750695, X'01A21E4D6A387537BA64AB51EBD52FB2', 'stream_opened', X'6D3FC2AA13C372FE6680E276C7D950057CC21550B99AF3CC7A834474553AC418');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (17, 7, 1, X'01A21E4D6A867B1E9C0871E26CC3FD3A', 1795804719750695, X'01A21E4D6A387537BA64AB51EBD52FB2', 'conversation_opened', X'F9FD5CAD51E00299E486D34EA69151BD93EA31932884EC3306EF4B5D23E30B3B');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (18, 7, 2, X'01A21E4D6A867B1E9867AACF02CD0136', 1795804719750695, X'01A21E4D6A387537BA64AB51EBD52FB2', 'joined', X'ABCA9FB611F1F6B12082F7270A1F6EBBB4059F7C46F49CCF14455FE3CD3C2FE7');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (19, 3, 8, X'01A21E4D6A867B1E91A5018ABDD5BB7A', 1795804719750695, X'01A21E4D6A387537BA64AB51EBD52FB2', 'request_asked', X'33EB5EC27EE2DE5606476955931888DDC27CFE1FF48B3292C6EB305B6A8CC3D7');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (20, 6, 3, X'01A21E4D6A867B1EA54439F3D88317DF', 1795804719750695, X'01A21E4D6A387537BA64AB51EBD52FB2', 'request_asked', X'33EB5EC27EE2DE5606476955931888DDC27CFE1FF48B3292C6EB305B6A8CC3D7');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (21, 3, 9, X'01A21E4D6A8F747E83175EAC6CFB7439', 1795804719758642, NULL, 'request_moved', X'053F2181F67BF0DAE96EFBAF0E52D2017A9FBEFEDE01CE82525A91A28DD34FE8');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (22, 6, 4, X'01A21E4D6A8F766698EBEC93E0D9CE85', 1795804719758642, NULL, 'request_moved', X'053F2181F67BF0DAE96EFBAF0E52D2017A9FBEFEDE01CE82525A91A28DD34FE8');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (23, 3, 10, X'01A21E4D6A947A418387A265A49AA74F', 1795804719764641, X'01A21E4D69D670B49458CA633AE338F9', 'request_moved', X'3177DA2ED411095CD30B9143D83581C8584FE6138C87A11F3D54968A49FF88BA');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (24, 6, 5, X'01A21E4D6A947A41AE3506C9D521704C', 1795804719764641, X'01A21E4D69D670B49458CA633AE338F9', 'request_moved', X'3177DA2ED411095CD30B9143D83581C8584FE6138C87A11F3D54968A49FF88BA');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (25, 5, 3, X'01A21E4D6A947A41BC4B2277F35F024A', 1795804719764641, X'01A21E4D69D670B49458CA633AE338F9', 'stream_opened', X'261F6A8D8DF170CAF355E3C622B0AB1AF2EECEF73DCDA70BEC9F3857497AE1FB');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (26, 7, 3, X'01A21E4D6A947A41BD3DA7BA127F40EF', 1795804719764641, X'01A21E4D69D670B49458CA633AE338F9', 'joined', X'BCA708510B900CDAB975978EA4D6AF48C107961A147FC96CC3B89B378FA4BD0A');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (27, 7, 4, X'01A21E4D6A9B79EB9EFE1FF8B7B4D229', 1795804719772295, X'01A21E4D69D670B49458CA633AE338F9', 'said', X'AAF888BEA5E1A6D5130649C0043BC4426F96B7310A42E6B60C145C2162BC08A3');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (28, 7, 5, X'01A21E4D6A9E7BCA97D601E33B9AE0A7', 1795804719794718, X'01A21E4D6A387537BA64AB51EBD52FB2', 'said', X'97A3B4493FE64498DEEF37ECD5CD0A921E1D21D21AF056D53ACB6A429BFD3167');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (29, 3, 11, X'01A21E4D6AB972A78DF0CEBFFB2F00B9', 1795804719801166, X'01A21E4D69D670B49458CA633AE338F9', 'ticket_made', X'36BF32BE2827F61B610FC7384E6EA2ED82767856884D0C3F4B7AFD18ADFC588D');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (30, 6, 6, X'01A21E4D6AB972A797A0ADCEB42EBB9B', 1795804719801166, X'01A21E4D69D670B49458CA633AE338F9', 'ticket_made', X'36BF32BE2827F61B610FC7384E6EA2ED82767856884D0C3F4B7AFD18ADFC588D');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (31, 7, 6, X'01A21E4D6AB972A7AEEEED964A828BCB', 1795804719801166, X'01A21E4D69D670B49458CA633AE338F9', 'ticket_noted', X'40DAE6D18DCAC6C6C90F1E11BA2A0297EA4F1A68086ED99C876EFC7EFD4088AF');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (32, 3, 12, X'01A21E4D6ACB703DB1C5932DA5B0778B', 1795804719819015, X'01A21E4D69D670B49458CA633AE338F9', 'request_moved', X'664EBB6E7337576927F7A43E2EEFBF0735B366FB0A6D5AF3F6ED4CA040157BEE');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (33, 6, 7, X'01A21E4D6ACB703DA2E02EFC16F6CF78', 1795804719819015, X'01A21E4D69D670B49458CA633AE338F9', 'request_moved', X'664EBB6E7337576927F7A43E2EEFBF0735B366FB0A6D5AF3F6ED4CA040157BEE');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (34, 7, 7, X'01A21E4D6ACB703DA48DF29889911575', 1795804719819015, X'01A21E4D69D670B49458CA633AE338F9', 'closed', X'CD55FDA7B6B3E758EF660E2513E7644FD553DB479C83B585BEAD05EDE1494185');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (35, 7, 8, X'01A21E4D6AD27E6AA1F835CBDD4021A7', 1795804719826901, X'01A21E4D6A387537BA64AB51EBD52FB2', 'rated', X'9E1C724B12B4BF886287442BA90F7928B5E826899BAC65D24DD6938F3D9DBEEE');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (36, 6, 8, X'01A21E4D6AD77D0E90DC7DC45E54C0BA', 1795804719831816, X'01A21E4D6A387537BA64AB51EBD52FB2', 'stream_opened', X'60EBC6E6A4E043AE305BD531FCF1B5854EA9CC83617616A8D3CFA227B02F2DC8');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (37, 8, 1, X'01A21E4D6AD77D0E9B36F27FDB6B0767', 1795804719831816, X'01A21E4D6A387537BA64AB51EBD52FB2', 'conversation_opened', X'93BF6EBF8A3471AC04121F0414B03C3BA03964884DB569016965C69299557ADB');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (38, 8, 2, X'01A21E4D6AD77D0E9D2858B6B7E8EBAE', 1795804719831816, X'01A21E4D6A387537BA64AB51EBD52FB2', 'joined', X'ABCA9FB611F1F6B12082F7270A1F6EBBB4059F7C46F49CCF14455FE3CD3C2FE7');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (39, 3, 13, X'01A21E4D6AD77D0EABC79425FF383FE6', 1795804719831816, X'01A21E4D6A387537BA64AB51EBD52FB2', 'request_asked', X'67744AD67A941022737889C9F311178C774F35ECF8D43F0536A18A706A8EB38F');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (40, 6, 9, X'01A21E4D6AD77D0EAFBBD7D8F0A83969', 1795804719831816, X'01A21E4D6A387537BA64AB51EBD52FB2', 'request_asked', X'67744AD67A941022737889C9F311178C774F35ECF8D43F0536A18A706A8EB38F');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (41, 3, 14, X'01A21E4D6AF87FE3B2C27DBE29BFAB8C', 1795804719864993, X'01A21E4D688272F9A8709384B29135F9', 'person_invited', X'2651A9BF263750965D16BC08A2C790317DDCF391191FE40F163AAAFFDB74AED0');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (42, 3, 15, X'01A21E4D6B147E8396D927A62C95756D', 1795804719888143, NULL, 'request_moved', X'AD3FD9704FDB61C5EC57E92CAA841CBDAC8EEA1657986F5475B5E671D5CD4469');
INSERT INTO events (gseq, stream, seq, id, at, by, kind, body_hash) VALUES (43, 6, 10, X'01A21E4D6B147E979C55FFE3501EA56F', 1795804719888143, NULL, 'request_moved', X'AD3FD9704FDB61C5EC57E92CAA841CBDAC8EEA1657986F5475B5E671D5CD4469');
INSERT INTO event_bodies (gseq, body) VALUES (1, '{"is":"desk_named","name":"Север-Софт"}');
INSERT INTO event_bodies (gseq, body) VALUES (2, '{"is":"person_invited","lines":[],"name":"Галина Орлова","organisation":null,"person":"01a21e4d-6882-72f9-a870-9384b29135f9","role":"owner"}');
INSERT INTO event_bodies (gseq, body) VALUES (3, '{"head":1,"is":"stream_opened","stream":"desk"}');
INSERT INTO event_bodies (gseq, body) VALUES (4, '{"head":2,"is":"stream_opened","stream":"staff"}');
INSERT INTO event_bodies (gseq, body) VALUES (5, '{"head":0,"is":"stream_opened","stream":"supervisors"}');
INSERT INTO event_bodies (gseq, body) VALUES (6, '{"is":"person_joined","person":"01a21e4d-6882-72f9-a870-9384b29135f9"}');
INSERT INTO event_bodies (gseq, body) VALUES (7, '{"is":"line_made","line":"01a21e4d-69d0-7960-a739-f8846c0a31cd","name":"Первая линия"}');
INSERT INTO event_bodies (gseq, body) VALUES (8, '{"is":"organisation_made","name":"ООО «Ромашка»","organisation":"01a21e4d-69d0-7974-8c4e-880b79019a9f"}');
INSERT INTO event_bodies (gseq, body) VALUES (9, '{"is":"person_invited","lines":["01a21e4d-69d0-7960-a739-f8846c0a31cd"],"name":"Борис Ким","organisation":null,"person":"01a21e4d-69d6-70b4-9458-ca633ae338f9","role":"specialist"}');
INSERT INTO event_bodies (gseq, body) VALUES (10, '{"head":2,"is":"stream_opened","stream":"desk"}');
INSERT INTO event_bodies (gseq, body) VALUES (11, '{"head":5,"is":"stream_opened","stream":"staff"}');
INSERT INTO event_bodies (gseq, body) VALUES (12, '{"is":"person_joined","person":"01a21e4d-69d6-70b4-9458-ca633ae338f9"}');
INSERT INTO event_bodies (gseq, body) VALUES (13, '{"is":"person_invited","lines":[],"name":"Анна Белова","organisation":"01a21e4d-69d0-7974-8c4e-880b79019a9f","person":"01a21e4d-6a38-7537-ba64-ab51ebd52fb2","role":"customer"}');
INSERT INTO event_bodies (gseq, body) VALUES (14, '{"head":2,"is":"stream_opened","stream":"desk"}');
INSERT INTO event_bodies (gseq, body) VALUES (15, '{"is":"person_joined","person":"01a21e4d-6a38-7537-ba64-ab51ebd52fb2"}');
INSERT INTO event_bodies (gseq, body) VALUES (16, '{"head":2,"is":"stream_opened","stream":"conversation/01a21e4d-6a86-7364-9397-9779bbd88ee4/public"}');
INSERT INTO event_bodies (gseq, body) VALUES (17, '{"ask":{"class":"error","description":"Не печатается счёт","facts":[],"line":"01a21e4d-69d0-7960-a739-f8846c0a31cd","program":{"name":"1С:Бухгалтерия","release":"3.0.150"}},"customer":"01a21e4d-6a38-7537-ba64-ab51ebd52fb2","is":"conversation_opened","request":"01a21e4d-6a86-7364-9397-9779bbd88ee4"}');
INSERT INTO event_bodies (gseq, body) VALUES (18, '{"devices":[{"certificate":{"admission":"ScHBFCb-uhrEpnMFQMn39V4Gh24vX9392gzdJkuJAJoCIY1ZQ6N4Kk3H5re-Surxfyqyl9W_ISe9FhkWFo5UCoJxb3BvcmEvYWRtaXNzaW9uLzGncG9yZ2FuaXNhdGlvbl9rZXl4K2dzVmZkRXRhVGMya2J6T0g3MlpWeS1KOWNjcUZFMEdXNmh0akp0VUQ5UmdqaW52aXRlX2tleXgrMDhQRVJrTFBWc2hVTlZ3anQybkVBalJzUnlOc2R0ZW95VTlXbWJ6QUE0QWZwZXJzb25QAaIeTWo4dTe6ZKtR69UvsmRuYW1lddCQ0L3QvdCwINCR0LXQu9C-0LLQsGRyb2xlaGN1c3RvbWVybG9yZ2FuaXNhdGlvbngZ0J7QntCeIMKr0KDQvtC80LDRiNC60LDCu2JhdBsABmFGXmbsjg","binding":"81vyoCPCiYTDe9Yq-PACQiIOTLETLKQMqsvX1V1wOcX0Rlf5YUj4tL-h7R6yMuv56PkqoxIh7cP7MNfVqFfBBIJvb3BvcmEvYmluZGluZy8xomppbnZpdGVfa2V5eCswOFBFUmtMUFZzaFVOVndqdDJuRUFqUnNSeU5zZHRlb3lVOVdtYnpBQTRBZmRldmljZXgrdTJuTmFIaTA5WnZtdkFfa2lac1B4WWg0OTBiZ295al9kT2lQV3NBM3Izbw"},"key":"u2nNaHi09ZvmvA_kiZsPxYh490bgoyj_dOiPWsA3r3o"}],"is":"joined","name":"Анна Белова","organisation":"ООО «Ромашка»","person":"01a21e4d-6a38-7537-ba64-ab51ebd52fb2","role":"customer"}');
INSERT INTO event_bodies (gseq, body) VALUES (19, '{"ask":{"class":"error","description":"Не печатается счёт","facts":[],"line":"01a21e4d-69d0-7960-a739-f8846c0a31cd","program":{"name":"1С:Бухгалтерия","release":"3.0.150"}},"customer":"01a21e4d-6a38-7537-ba64-ab51ebd52fb2","is":"request_asked","request":"01a21e4d-6a86-7364-9397-9779bbd88ee4","since":1795804719750695}');
INSERT INTO event_bodies (gseq, body) VALUES (20, '{"ask":{"class":"error","description":"Не печатается счёт","facts":[],"line":"01a21e4d-69d0-7960-a739-f8846c0a31cd","program":{"name":"1С:Бухгалтерия","release":"3.0.150"}},"customer":"01a21e4d-6a38-7537-ba64-ab51ebd52fb2","is":"request_asked","request":"01a21e4d-6a86-7364-9397-9779bbd88ee4","since":1795804719750695}');
INSERT INTO event_bodies (gseq, body) VALUES (21, '{"epoch":1,"is":"request_moved","request":"01a21e4d-6a86-7364-9397-9779bbd88ee4","state":{"is":"offered","to":"01a21e4d-69d6-70b4-9458-ca633ae338f9","until":1795804744758642}}');
INSERT INTO event_bodies (gseq, body) VALUES (22, '{"epoch":1,"is":"request_moved","request":"01a21e4d-6a86-7364-9397-9779bbd88ee4","state":{"is":"offered","to":"01a21e4d-69d6-70b4-9458-ca633ae338f9","until":1795804744758642}}');
INSERT INTO event_bodies (gseq, body) VALUES (23, '{"epoch":2,"is":"request_moved","request":"01a21e4d-6a86-7364-9397-9779bbd88ee4","state":{"by":"01a21e4d-69d6-70b4-9458-ca633ae338f9","is":"accepted"}}');
INSERT INTO event_bodies (gseq, body) VALUES (24, '{"epoch":2,"is":"request_moved","request":"01a21e4d-6a86-7364-9397-9779bbd88ee4","state":{"by":"01a21e4d-69d6-70b4-9458-ca633ae338f9","is":"accepted"}}');
INSERT INTO event_bodies (gseq, body) VALUES (25, '{"head":3,"is":"stream_opened","stream":"conversation/01a21e4d-6a86-7364-9397-9779bbd88ee4/public"}');
INSERT INTO event_bodies (gseq, body) VALUES (26, '{"devices":[{"certificate":{"admission":"M2qMM3wLRWmJC261ohCq3Tn5POl4spvjz8gAKZrpQ7qG1-r-9r0IFou42JXYu9sDyI_w6DfKbTQylmG3QbFwBYJxb3BvcmEvYWRtaXNzaW9uLzGncG9yZ2FuaXNhdGlvbl9rZXl4K2dzVmZkRXRhVGMya2J6T0g3MlpWeS1KOWNjcUZFMEdXNmh0akp0VUQ5UmdqaW52aXRlX2tleXgrWFdCMDRXWkV3VWFBV0MyMnpCYXlvUk11VzdPZUtOZ3Z2RUNHMTFISU5wZ2ZwZXJzb25QAaIeTWnWcLSUWMpjOuM4-WRuYW1lcdCR0L7RgNC40YEg0JrQuNC8ZHJvbGVqc3BlY2lhbGlzdGxvcmdhbmlzYXRpb25z0KHQtdCy0LXRgC3QodC-0YTRgmJhdBsABmFGXmVtEA","binding":"QksX7HqN1TZkbE5T0Q2DAtxXVe9rAKKVv_WwtZhoKuqBhMYvsDPlVRAuqZmTrCMncufA2VevhjI6rI7YuqyiA4Jvb3BvcmEvYmluZGluZy8xomppbnZpdGVfa2V5eCtYV0IwNFdaRXdVYUFXQzIyekJheW9STXVXN09lS05ndnZFQ0cxMUhJTnBnZmRldmljZXgrWm8yN2loMFo2TndGOGY2bC1KNy1kRkR6cXBINjRVZk1FVGI3ZnE5UDVIUQ"},"key":"Zo27ih0Z6NwF8f6l-J7-dFDzqpH64UfMETb7fq9P5HQ"}],"is":"joined","name":"Борис Ким","organisation":"Север-Софт","person":"01a21e4d-69d6-70b4-9458-ca633ae338f9","role":"specialist"}');
INSERT INTO event_bodies (gseq, body) VALUES (27, '{"file":null,"id":"01a21e4d-6a9b-79eb-9efe-1ff8b7b4d229","is":"said","reply_to":null,"text":"Здравствуйте, смотрю"}');
INSERT INTO event_bodies (gseq, body) VALUES (28, '{"file":{"hash":"e9b89270317e9fcdc018c87bd0fa1919174bab31c0f89bde3be6b47eacf97e23","mime":"application/octet-stream","name":"base.dt","picture":null,"size":36},"id":"01a21e4d-6a9e-7bca-97d6-01e33b9ae0a7","is":"said","reply_to":null,"text":"Вот база"}');
INSERT INTO event_bodies (gseq, body) VALUES (29, '{"customer":"01a21e4d-6a38-7537-ba64-ab51ebd52fb2","draft":{"conversation":"01a21e4d-6a86-7364-9397-9779bbd88ee4","customer":"01a21e4d-6a38-7537-ba64-ab51ebd52fb2","description":"После обновления","files":[],"id":"01a21e4d-6ab6-7a8f-b3c5-8f44c3938f28","kind":"error","priority":"normal","subject":"Не печатается счёт"},"is":"ticket_made","number":1,"status":"new"}');
INSERT INTO event_bodies (gseq, body) VALUES (30, '{"customer":"01a21e4d-6a38-7537-ba64-ab51ebd52fb2","draft":{"conversation":"01a21e4d-6a86-7364-9397-9779bbd88ee4","customer":"01a21e4d-6a38-7537-ba64-ab51ebd52fb2","description":"После обновления","files":[],"id":"01a21e4d-6ab6-7a8f-b3c5-8f44c3938f28","kind":"error","priority":"normal","subject":"Не печатается счёт"},"is":"ticket_made","number":1,"status":"new"}');
INSERT INTO event_bodies (gseq, body) VALUES (31, '{"is":"ticket_noted","number":1,"subject":"Не печатается счёт","ticket":"01a21e4d-6ab6-7a8f-b3c5-8f44c3938f28"}');
INSERT INTO event_bodies (gseq, body) VALUES (32, '{"epoch":3,"is":"request_moved","request":"01a21e4d-6a86-7364-9397-9779bbd88ee4","state":{"is":"closed"}}');
INSERT INTO event_bodies (gseq, body) VALUES (33, '{"epoch":3,"is":"request_moved","request":"01a21e4d-6a86-7364-9397-9779bbd88ee4","state":{"is":"closed"}}');
INSERT INTO event_bodies (gseq, body) VALUES (34, '{"is":"closed"}');
INSERT INTO event_bodies (gseq, body) VALUES (35, '{"comment":"Быстро!","is":"rated","stars":5}');
INSERT INTO event_bodies (gseq, body) VALUES (36, '{"head":2,"is":"stream_opened","stream":"conversation/01a21e4d-6ad5-7fca-90c4-c152c8d39cd0/public"}');
INSERT INTO event_bodies (gseq, body) VALUES (37, '{"ask":{"class":"error","description":"Как закрыть месяц?","facts":[],"line":"01a21e4d-69d0-7960-a739-f8846c0a31cd","program":{"name":"1С:Бухгалтерия","release":"3.0.150"}},"customer":"01a21e4d-6a38-7537-ba64-ab51ebd52fb2","is":"conversation_opened","request":"01a21e4d-6ad5-7fca-90c4-c152c8d39cd0"}');
INSERT INTO event_bodies (gseq, body) VALUES (38, '{"devices":[{"certificate":{"admission":"ScHBFCb-uhrEpnMFQMn39V4Gh24vX9392gzdJkuJAJoCIY1ZQ6N4Kk3H5re-Surxfyqyl9W_ISe9FhkWFo5UCoJxb3BvcmEvYWRtaXNzaW9uLzGncG9yZ2FuaXNhdGlvbl9rZXl4K2dzVmZkRXRhVGMya2J6T0g3MlpWeS1KOWNjcUZFMEdXNmh0akp0VUQ5UmdqaW52aXRlX2tleXgrMDhQRVJrTFBWc2hVTlZ3anQybkVBalJzUnlOc2R0ZW95VTlXbWJ6QUE0QWZwZXJzb25QAaIeTWo4dTe6ZKtR69UvsmRuYW1lddCQ0L3QvdCwINCR0LXQu9C-0LLQsGRyb2xlaGN1c3RvbWVybG9yZ2FuaXNhdGlvbngZ0J7QntCeIMKr0KDQvtC80LDRiNC60LDCu2JhdBsABmFGXmbsjg","binding":"81vyoCPCiYTDe9Yq-PACQiIOTLETLKQMqsvX1V1wOcX0Rlf5YUj4tL-h7R6yMuv56PkqoxIh7cP7MNfVqFfBBIJvb3BvcmEvYmluZGluZy8xomppbnZpdGVfa2V5eCswOFBFUmtMUFZzaFVOVndqdDJuRUFqUnNSeU5zZHRlb3lVOVdtYnpBQTRBZmRldmljZXgrdTJuTmFIaTA5WnZtdkFfa2lac1B4WWg0OTBiZ295al9kT2lQV3NBM3Izbw"},"key":"u2nNaHi09ZvmvA_kiZsPxYh490bgoyj_dOiPWsA3r3o"}],"is":"joined","name":"Анна Белова","organisation":"ООО «Ромашка»","person":"01a21e4d-6a38-7537-ba64-ab51ebd52fb2","role":"customer"}');
INSERT INTO event_bodies (gseq, body) VALUES (39, '{"ask":{"class":"error","description":"Как закрыть месяц?","facts":[],"line":"01a21e4d-69d0-7960-a739-f8846c0a31cd","program":{"name":"1С:Бухгалтерия","release":"3.0.150"}},"customer":"01a21e4d-6a38-7537-ba64-ab51ebd52fb2","is":"request_asked","request":"01a21e4d-6ad5-7fca-90c4-c152c8d39cd0","since":1795804719831816}');
INSERT INTO event_bodies (gseq, body) VALUES (40, '{"ask":{"class":"error","description":"Как закрыть месяц?","facts":[],"line":"01a21e4d-69d0-7960-a739-f8846c0a31cd","program":{"name":"1С:Бухгалтерия","release":"3.0.150"}},"customer":"01a21e4d-6a38-7537-ba64-ab51ebd52fb2","is":"request_asked","request":"01a21e4d-6ad5-7fca-90c4-c152c8d39cd0","since":1795804719831816}');
INSERT INTO event_bodies (gseq, body) VALUES (41, '{"is":"person_invited","lines":[],"name":"Олег Дроздов","organisation":"01a21e4d-69d0-7974-8c4e-880b79019a9f","person":"01a21e4d-6af4-73a5-993e-7dcb63f674f1","role":"customer"}');
INSERT INTO event_bodies (gseq, body) VALUES (42, '{"epoch":1,"is":"request_moved","request":"01a21e4d-6ad5-7fca-90c4-c152c8d39cd0","state":{"is":"offered","to":"01a21e4d-69d6-70b4-9458-ca633ae338f9","until":1795804744888143}}');
INSERT INTO event_bodies (gseq, body) VALUES (43, '{"epoch":1,"is":"request_moved","request":"01a21e4d-6ad5-7fca-90c4-c152c8d39cd0","state":{"is":"offered","to":"01a21e4d-69d6-70b4-9458-ca633ae338f9","until":1795804744888143}}');
INSERT INTO rights (person, stream, from_seq) VALUES (X'01A21E4D688272F9A8709384B29135F9', 1, 1);
INSERT INTO rights (person, stream, from_seq) VALUES (X'01A21E4D688272F9A8709384B29135F9', 2, 1);
INSERT INTO rights (person, stream, from_seq) VALUES (X'01A21E4D688272F9A8709384B29135F9', 3, 1);
INSERT INTO rights (person, stream, from_seq) VALUES (X'01A21E4D688272F9A8709384B29135F9', 4, 1);
INSERT INTO rights (person, stream, from_seq) VALUES (X'01A21E4D69D670B49458CA633AE338F9', 2, 1);
INSERT INTO rights (person, stream, from_seq) VALUES (X'01A21E4D69D670B49458CA633AE338F9', 3, 1);
INSERT INTO rights (person, stream, from_seq) VALUES (X'01A21E4D69D670B49458CA633AE338F9', 5, 1);
INSERT INTO rights (person, stream, from_seq) VALUES (X'01A21E4D69D670B49458CA633AE338F9', 7, 1);
INSERT INTO rights (person, stream, from_seq) VALUES (X'01A21E4D6A387537BA64AB51EBD52FB2', 2, 1);
INSERT INTO rights (person, stream, from_seq) VALUES (X'01A21E4D6A387537BA64AB51EBD52FB2', 6, 1);
INSERT INTO rights (person, stream, from_seq) VALUES (X'01A21E4D6A387537BA64AB51EBD52FB2', 7, 1);
INSERT INTO rights (person, stream, from_seq) VALUES (X'01A21E4D6A387537BA64AB51EBD52FB2', 8, 1);
INSERT INTO done_ops (device, op, at, result) VALUES (X'668DBB8A1D19E8DC05F1FEA5F89EFE7450F3AA91FAE147CC1136FB7EAF4FE474', X'000000000000700480CDDD9F9E3D60BB', 1795804719764641, '{"is":"done"}');
INSERT INTO done_ops (device, op, at, result) VALUES (X'668DBB8A1D19E8DC05F1FEA5F89EFE7450F3AA91FAE147CC1136FB7EAF4FE474', X'0000000000007004848B419A43253E98', 1795804719819015, '{"is":"done"}');
INSERT INTO done_ops (device, op, at, result) VALUES (X'668DBB8A1D19E8DC05F1FEA5F89EFE7450F3AA91FAE147CC1136FB7EAF4FE474', X'00000000000070048548B99BED556332', 1795804719772295, '{"is":"done"}');
INSERT INTO done_ops (device, op, at, result) VALUES (X'668DBB8A1D19E8DC05F1FEA5F89EFE7450F3AA91FAE147CC1136FB7EAF4FE474', X'00000000000070048FB85852806D90AE', 1795804719801166, '{"is":"ticket","number":1}');
INSERT INTO done_ops (device, op, at, result) VALUES (X'813D4A0F9F6DEB4B5E3DE2DDE706DC1076A5250DA80E89F1A3821FA7128E408E', X'00000000000070048FD920713C32C985', 1795804719572132, '{"is":"done"}');
INSERT INTO done_ops (device, op, at, result) VALUES (X'813D4A0F9F6DEB4B5E3DE2DDE706DC1076A5250DA80E89F1A3821FA7128E408E', X'000000000000700491A818234D2AF8F4', 1795804719673565, '{"is":"done"}');
INSERT INTO done_ops (device, op, at, result) VALUES (X'813D4A0F9F6DEB4B5E3DE2DDE706DC1076A5250DA80E89F1A3821FA7128E408E', X'0000000000007004A393AF7964B26592', 1795804719864993, '{"is":"done"}');
INSERT INTO done_ops (device, op, at, result) VALUES (X'813D4A0F9F6DEB4B5E3DE2DDE706DC1076A5250DA80E89F1A3821FA7128E408E', X'0000000000007004BE5932920544B8D6', 1795804719569186, '{"is":"done"}');
INSERT INTO done_ops (device, op, at, result) VALUES (X'813D4A0F9F6DEB4B5E3DE2DDE706DC1076A5250DA80E89F1A3821FA7128E408E', X'0000000000007004BFEABFFB4D83F301', 1795804719574983, '{"is":"done"}');
INSERT INTO done_ops (device, op, at, result) VALUES (X'BB69CD6878B4F59BE6BC0FE4899B0FC58878F746E0A328FF74E88F5AC037AF7A', X'00000000000070048F76623243A964AE', 1795804719794718, '{"is":"done"}');
INSERT INTO done_ops (device, op, at, result) VALUES (X'BB69CD6878B4F59BE6BC0FE4899B0FC58878F746E0A328FF74E88F5AC037AF7A', X'00000000000070049440FBEEBEE0E1DE', 1795804719750695, '{"is":"done"}');
INSERT INTO done_ops (device, op, at, result) VALUES (X'BB69CD6878B4F59BE6BC0FE4899B0FC58878F746E0A328FF74E88F5AC037AF7A', X'0000000000007004949998DF7B926406', 1795804719831816, '{"is":"done"}');
INSERT INTO done_ops (device, op, at, result) VALUES (X'BB69CD6878B4F59BE6BC0FE4899B0FC58878F746E0A328FF74E88F5AC037AF7A', X'0000000000007004ACB245EFEC98B696', 1795804719826901, '{"is":"done"}');
INSERT INTO lines (id, name) VALUES (X'01A21E4D69D07960A739F8846C0A31CD', 'Первая линия');
INSERT INTO organisations (id, name) VALUES (X'01A21E4D69D079748C4E880B79019A9F', 'ООО «Ромашка»');
INSERT INTO persons (id, name, role, organisation, on_line, made_at, joined_at) VALUES (X'01A21E4D688272F9A8709384B29135F9', 'Галина Орлова', 'owner', NULL, 0, 1795804719287995, 1795804719287995);
INSERT INTO persons (id, name, role, organisation, on_line, made_at, joined_at) VALUES (X'01A21E4D69D670B49458CA633AE338F9', 'Борис Ким', 'specialist', NULL, 1, 1795804719574983, 1795804719614626);
INSERT INTO persons (id, name, role, organisation, on_line, made_at, joined_at) VALUES (X'01A21E4D6A387537BA64AB51EBD52FB2', 'Анна Белова', 'customer', X'01A21E4D69D079748C4E880B79019A9F', 0, 1795804719673565, 1795804719714800);
INSERT INTO persons (id, name, role, organisation, on_line, made_at, joined_at) VALUES (X'01A21E4D6AF473A5993E7DCB63F674F1', 'Олег Дроздов', 'customer', X'01A21E4D69D079748C4E880B79019A9F', 0, 1795804719864993, NULL);
INSERT INTO person_lines (person, line) VALUES (X'01A21E4D69D670B49458CA633AE338F9', X'01A21E4D69D07960A739F8846C0A31CD');
INSERT INTO invites (key, person, admission, device, made_at, redeemed_at) VALUES (X'E24B42E63DA79E68AA47525F86C5D8D18F64254160B3A08CACEB7C69AE5ECB2A', X'01A21E4D688272F9A8709384B29135F9', '"2rnnuebm75pTuVN5l0ULfZvhc8TACHQGU5CfvXs0hPS23jtoQbklRe9CcQtXvOzTz9WbX3nRbv_vmCopTH1vB4Jxb3BvcmEvYWRtaXNzaW9uLzGncG9yZ2FuaXNhdGlvbl9rZXl4K2dzVmZkRXRhVGMya2J6T0g3MlpWeS1KOWNjcUZFMEdXNmh0akp0VUQ5UmdqaW52aXRlX2tleXgrNGt0QzVqMm5ubWlxUjFKZmhzWFkwWTlrSlVGZ3M2Q01yT3Q4YWE1ZXl5b2ZwZXJzb25QAaIeTWiCcvmocJOEspE1-WRuYW1leBnQk9Cw0LvQuNC90LAg0J7RgNC70L7QstCwZHJvbGVlb3duZXJsb3JnYW5pc2F0aW9uc9Ch0LXQstC10YAt0KHQvtGE0YJiYXQA"', X'813D4A0F9F6DEB4B5E3DE2DDE706DC1076A5250DA80E89F1A3821FA7128E408E', 1795804719200055, 1795804719287995);
INSERT INTO invites (key, person, admission, device, made_at, redeemed_at) VALUES (X'5D6074E16644C14680582DB6CC16B2A1132E5BB39E28D82FBC4086D751C83698', X'01A21E4D69D670B49458CA633AE338F9', '"M2qMM3wLRWmJC261ohCq3Tn5POl4spvjz8gAKZrpQ7qG1-r-9r0IFou42JXYu9sDyI_w6DfKbTQylmG3QbFwBYJxb3BvcmEvYWRtaXNzaW9uLzGncG9yZ2FuaXNhdGlvbl9rZXl4K2dzVmZkRXRhVGMya2J6T0g3MlpWeS1KOWNjcUZFMEdXNmh0akp0VUQ5UmdqaW52aXRlX2tleXgrWFdCMDRXWkV3VWFBV0MyMnpCYXlvUk11VzdPZUtOZ3Z2RUNHMTFISU5wZ2ZwZXJzb25QAaIeTWnWcLSUWMpjOuM4-WRuYW1lcdCR0L7RgNC40YEg0JrQuNC8ZHJvbGVqc3BlY2lhbGlzdGxvcmdhbmlzYXRpb25z0KHQtdCy0LXRgC3QodC-0YTRgmJhdBsABmFGXmVtEA"', X'668DBB8A1D19E8DC05F1FEA5F89EFE7450F3AA91FAE147CC1136FB7EAF4FE474', 1795804719574983, 1795804719614626);
INSERT INTO invites (key, person, admission, device, made_at, redeemed_at) VALUES (X'D3C3C44642CF56C854355C23B769C402346C47236C76D7A8C94F5699BCC00380', X'01A21E4D6A387537BA64AB51EBD52FB2', '"ScHBFCb-uhrEpnMFQMn39V4Gh24vX9392gzdJkuJAJoCIY1ZQ6N4Kk3H5re-Surxfyqyl9W_ISe9FhkWFo5UCoJxb3BvcmEvYWRtaXNzaW9uLzGncG9yZ2FuaXNhdGlvbl9rZXl4K2dzVmZkRXRhVGMya2J6T0g3MlpWeS1KOWNjcUZFMEdXNmh0akp0VUQ5UmdqaW52aXRlX2tleXgrMDhQRVJrTFBWc2hVTlZ3anQybkVBalJzUnlOc2R0ZW95VTlXbWJ6QUE0QWZwZXJzb25QAaIeTWo4dTe6ZKtR69UvsmRuYW1lddCQ0L3QvdCwINCR0LXQu9C-0LLQsGRyb2xlaGN1c3RvbWVybG9yZ2FuaXNhdGlvbngZ0J7QntCeIMKr0KDQvtC80LDRiNC60LDCu2JhdBsABmFGXmbsjg"', X'BB69CD6878B4F59BE6BC0FE4899B0FC58878F746E0A328FF74E88F5AC037AF7A', 1795804719673565, 1795804719714800);
INSERT INTO invites (key, person, admission, device, made_at, redeemed_at) VALUES (X'D7850A554F263F0F943CDC686185FEDB11D5D25B5C7EC49C5ABC10DC75411360', X'01A21E4D6AF473A5993E7DCB63F674F1', '"NHWqM6TeGtSwBk8j6Cd247mnTr5v7Ig_XPi_cb06gkGK4rIQQFX8aHbR-igNytwR40zHiEwuO50tvPqCkTigAIJxb3BvcmEvYWRtaXNzaW9uLzGncG9yZ2FuaXNhdGlvbl9rZXl4K2dzVmZkRXRhVGMya2J6T0g3MlpWeS1KOWNjcUZFMEdXNmh0akp0VUQ5UmdqaW52aXRlX2tleXgrMTRVS1ZVOG1Qdy1VUE54b1lZWC0yeEhWMGx0Y2ZzU2NXcndRM0hWQkUyQWZwZXJzb25QAaIeTWr0c6WZPn3LY_Z08WRuYW1ld9Ce0LvQtdCzINCU0YDQvtC30LTQvtCyZHJvbGVoY3VzdG9tZXJsb3JnYW5pc2F0aW9ueBnQntCe0J4gwqvQoNC-0LzQsNGI0LrQsMK7YmF0GwAGYUZeacqQ"', NULL, 1795804719864993, NULL);
INSERT INTO devices (key, person, certificate, since) VALUES (X'813D4A0F9F6DEB4B5E3DE2DDE706DC1076A5250DA80E89F1A3821FA7128E408E', X'01A21E4D688272F9A8709384B29135F9', '{"admission":"2rnnuebm75pTuVN5l0ULfZvhc8TACHQGU5CfvXs0hPS23jtoQbklRe9CcQtXvOzTz9WbX3nRbv_vmCopTH1vB4Jxb3BvcmEvYWRtaXNzaW9uLzGncG9yZ2FuaXNhdGlvbl9rZXl4K2dzVmZkRXRhVGMya2J6T0g3MlpWeS1KOWNjcUZFMEdXNmh0akp0VUQ5UmdqaW52aXRlX2tleXgrNGt0QzVqMm5ubWlxUjFKZmhzWFkwWTlrSlVGZ3M2Q01yT3Q4YWE1ZXl5b2ZwZXJzb25QAaIeTWiCcvmocJOEspE1-WRuYW1leBnQk9Cw0LvQuNC90LAg0J7RgNC70L7QstCwZHJvbGVlb3duZXJsb3JnYW5pc2F0aW9uc9Ch0LXQstC10YAt0KHQvtGE0YJiYXQA","binding":"Pu8lrY5yyhn4nrnzjPj5M_OFPSttZsSCrUMnX9qcgo2qLaGVhGOqfK9vQnzo_Oi2ZicngJbg-WysEZlFYk7uD4Jvb3BvcmEvYmluZGluZy8xomppbnZpdGVfa2V5eCs0a3RDNWoybm5taXFSMUpmaHNYWTBZOWtKVUZnczZDTXJPdDhhYTVleXlvZmRldmljZXgrZ1QxS0Q1OXQ2MHRlUGVMZDV3YmNFSGFsSlEyb0RvbnhvNElmcHhLT1FJNA"}', 1795804719287995);
INSERT INTO devices (key, person, certificate, since) VALUES (X'668DBB8A1D19E8DC05F1FEA5F89EFE7450F3AA91FAE147CC1136FB7EAF4FE474', X'01A21E4D69D670B49458CA633AE338F9', '{"admission":"M2qMM3wLRWmJC261ohCq3Tn5POl4spvjz8gAKZrpQ7qG1-r-9r0IFou42JXYu9sDyI_w6DfKbTQylmG3QbFwBYJxb3BvcmEvYWRtaXNzaW9uLzGncG9yZ2FuaXNhdGlvbl9rZXl4K2dzVmZkRXRhVGMya2J6T0g3MlpWeS1KOWNjcUZFMEdXNmh0akp0VUQ5UmdqaW52aXRlX2tleXgrWFdCMDRXWkV3VWFBV0MyMnpCYXlvUk11VzdPZUtOZ3Z2RUNHMTFISU5wZ2ZwZXJzb25QAaIeTWnWcLSUWMpjOuM4-WRuYW1lcdCR0L7RgNC40YEg0JrQuNC8ZHJvbGVqc3BlY2lhbGlzdGxvcmdhbmlzYXRpb25z0KHQtdCy0LXRgC3QodC-0YTRgmJhdBsABmFGXmVtEA","binding":"QksX7HqN1TZkbE5T0Q2DAtxXVe9rAKKVv_WwtZhoKuqBhMYvsDPlVRAuqZmTrCMncufA2VevhjI6rI7YuqyiA4Jvb3BvcmEvYmluZGluZy8xomppbnZpdGVfa2V5eCtYV0IwNFdaRXdVYUFXQzIyekJheW9STXVXN09lS05ndnZFQ0cxMUhJTnBnZmRldmljZXgrWm8yN2loMFo2TndGOGY2bC1KNy1kRkR6cXBINjRVZk1FVGI3ZnE5UDVIUQ"}', 1795804719614626);
INSERT INTO devices (key, person, certificate, since) VALUES (X'BB69CD6878B4F59BE6BC0FE4899B0FC58878F746E0A328FF74E88F5AC037AF7A', X'01A21E4D6A387537BA64AB51EBD52FB2', '{"admission":"ScHBFCb-uhrEpnMFQMn39V4Gh24vX9392gzdJkuJAJoCIY1ZQ6N4Kk3H5re-Surxfyqyl9W_ISe9FhkWFo5UCoJxb3BvcmEvYWRtaXNzaW9uLzGncG9yZ2FuaXNhdGlvbl9rZXl4K2dzVmZkRXRhVGMya2J6T0g3MlpWeS1KOWNjcUZFMEdXNmh0akp0VUQ5UmdqaW52aXRlX2tleXgrMDhQRVJrTFBWc2hVTlZ3anQybkVBalJzUnlOc2R0ZW95VTlXbWJ6QUE0QWZwZXJzb25QAaIeTWo4dTe6ZKtR69UvsmRuYW1lddCQ0L3QvdCwINCR0LXQu9C-0LLQsGRyb2xlaGN1c3RvbWVybG9yZ2FuaXNhdGlvbngZ0J7QntCeIMKr0KDQvtC80LDRiNC60LDCu2JhdBsABmFGXmbsjg","binding":"81vyoCPCiYTDe9Yq-PACQiIOTLETLKQMqsvX1V1wOcX0Rlf5YUj4tL-h7R6yMuv56PkqoxIh7cP7MNfVqFfBBIJvb3BvcmEvYmluZGluZy8xomppbnZpdGVfa2V5eCswOFBFUmtMUFZzaFVOVndqdDJuRUFqUnNSeU5zZHRlb3lVOVdtYnpBQTRBZmRldmljZXgrdTJuTmFIaTA5WnZtdkFfa2lac1B4WWg0OTBiZ295al9kT2lQV3NBM3Izbw"}', 1795804719714800);
INSERT INTO requests (id, customer, line, class, ask, since, state, holder, until, epoch) VALUES (X'01A21E4D6A86736493979779BBD88EE4', X'01A21E4D6A387537BA64AB51EBD52FB2', X'01A21E4D69D07960A739F8846C0A31CD', 'error', '{"line":"01a21e4d-69d0-7960-a739-f8846c0a31cd","class":"error","program":{"name":"1С:Бухгалтерия","release":"3.0.150"},"description":"Не печатается счёт","facts":[]}', 1795804719750695, 'closed', NULL, NULL, 3);
INSERT INTO requests (id, customer, line, class, ask, since, state, holder, until, epoch) VALUES (X'01A21E4D6AD57FCA90C4C152C8D39CD0', X'01A21E4D6A387537BA64AB51EBD52FB2', X'01A21E4D69D07960A739F8846C0A31CD', 'error', '{"line":"01a21e4d-69d0-7960-a739-f8846c0a31cd","class":"error","program":{"name":"1С:Бухгалтерия","release":"3.0.150"},"description":"Как закрыть месяц?","facts":[]}', 1795804719831816, 'offered', X'01A21E4D69D670B49458CA633AE338F9', 1795804744888143, 1);
INSERT INTO specialist_load (person, active, capacity, idle_since) VALUES (X'01A21E4D688272F9A8709384B29135F9', 0, 4, 1795804719287995);
INSERT INTO specialist_load (person, active, capacity, idle_since) VALUES (X'01A21E4D69D670B49458CA633AE338F9', 1, 4, 1795804719819015);
INSERT INTO ratings (conversation, stars, comment, at) VALUES (X'01A21E4D6A86736493979779BBD88EE4', 5, 'Быстро!', 1795804719826901);
INSERT INTO tickets (number, id, customer, by, draft, status, at) VALUES (1, X'01A21E4D6AB67A8FB3C58F44C3938F28', X'01A21E4D6A387537BA64AB51EBD52FB2', X'01A21E4D69D670B49458CA633AE338F9', '{"id":"01a21e4d-6ab6-7a8f-b3c5-8f44c3938f28","conversation":"01a21e4d-6a86-7364-9397-9779bbd88ee4","customer":"01a21e4d-6a38-7537-ba64-ab51ebd52fb2","subject":"Не печатается счёт","description":"После обновления","kind":"error","priority":"normal","files":[]}', 'new', 1795804719801166);
INSERT INTO blobs (hash, size, at) VALUES (X'E9B89270317E9FCDC018C87BD0FA1919174BAB31C0F89BDE3BE6B47EACF97E23', 36, 1795804719789503);
INSERT INTO blob_senders (hash, person) VALUES (X'E9B89270317E9FCDC018C87BD0FA1919174BAB31C0F89BDE3BE6B47EACF97E23', X'01A21E4D6A387537BA64AB51EBD52FB2');
INSERT INTO blob_streams (hash, stream) VALUES (X'E9B89270317E9FCDC018C87BD0FA1919174BAB31C0F89BDE3BE6B47EACF97E23', 7);
