BEGIN TRANSACTION;
CREATE TABLE account (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    address          TEXT    NOT NULL,      -- host:port
    desk             BLOB    NOT NULL UNIQUE, -- 16 bytes: the pin of the desk's key
    organisation_key BLOB    NOT NULL,      -- 32 bytes, compared with the invite when it was redeemed
    person           BLOB    NOT NULL,
    name             TEXT    NOT NULL,
    role             TEXT    NOT NULL,      -- JSON string
    desk_name        TEXT    NOT NULL,
    organisation     TEXT    NOT NULL,
    certificate      TEXT    NOT NULL,      -- JSON: the device's proof
    made_at          INTEGER NOT NULL
) STRICT;
INSERT INTO "account" VALUES(1,'127.0.0.1:17443',X'CEFED3D874E4E50D416852549CD46460',X'D59002A591766B2FE49BB8A576B9E740EDCA55CFFB4454FF80FC09615FC483F1',X'01A20BE8A6AB7F6C94FF25872186B415','Анна Белова','"customer"','Север-Софт','ООО «Ромашка»','{"admission":"7mChia5mJxreqEgDSvuSb9GeBQF6zTcV612hvwS44OxM4Uzq8lD0NEnuF-NdsNkqV6o9DN3-dhxBjr1Ku1nYBIJxb3BvcmEvYWRtaXNzaW9uLzGncG9yZ2FuaXNhdGlvbl9rZXl4KzFaQUNwWkYyYXlfa203aWxkcm5uUU8zS1ZjXzdSRlRfZ1B3SllWX0VnX0VqaW52aXRlX2tleXgrRmVXWm8xZUdvRjNILTZjMm1ZMlNGN3VFUjFHOFhlMGhJT2hKdW9YeHAwSWZwZXJzb25QAaIL6Karf2yU_yWHIYa0FWRuYW1lddCQ0L3QvdCwINCR0LXQu9C-0LLQsGRyb2xlaGN1c3RvbWVybG9yZ2FuaXNhdGlvbngZ0J7QntCeIMKr0KDQvtC80LDRiNC60LDCu2JhdBsABmD-hMsQLQ","binding":"D_TlyQdPI8GsWmCyHqUcLTxEvZs6XTGuWKZBcTC9FwAKHV-eghOUu09yEElBLwkCvcZEb_l190iUAPKHJfiUBIJvb3BvcmEvYmluZGluZy8xomppbnZpdGVfa2V5eCtGZVdabzFlR29GM0gtNmMybVkyU0Y3dUVSMUc4WGUwaElPaEp1b1h4cDBJZmRldmljZXgrVzhGdFpRS1Vva3BfM2NXc0h2M0ZqWUdIal9DN0RLVHBiLVl2LURBQk1aSQ"}',1795496126821394);
CREATE TABLE meta (
    version     INTEGER NOT NULL,
    min_reader  INTEGER NOT NULL,
    min_writer  INTEGER NOT NULL
) STRICT;
INSERT INTO "meta" VALUES(1,1,1);
CREATE TABLE outbox (
    id          INTEGER PRIMARY KEY AUTOINCREMENT, -- order inside a lane; never used again
    account     INTEGER NOT NULL,
    op_id       BLOB    NOT NULL,           -- idempotency key for ever
    lane        TEXT    NOT NULL,           -- one operation of a lane at a time, in order
    kind        TEXT    NOT NULL,           -- 'say', 'ask', 'upload', ...
    body        TEXT    NOT NULL,           -- JSON
    state       TEXT    NOT NULL DEFAULT 'queued', -- queued, inflight, acked, stuck
    attempts    INTEGER NOT NULL DEFAULT 0,
    next_at     INTEGER NOT NULL DEFAULT 0, -- not before this moment
    code        TEXT,                       -- why it is stuck, JSON string
    made_at     INTEGER NOT NULL,
    UNIQUE (account, op_id)
) STRICT;
INSERT INTO "outbox" VALUES(3,1,X'01A20BE8B2C976978601403CD6E41D81','conversation:01a20be8-ab94-7d4b-a4b4-b7bfba020219','say','{"do":"say","with":{"conversation":"01a20be8-ab94-7d4b-a4b4-b7bfba020219","draft":{"id":"01a20be8-b2c9-7697-8601-403cd6e41d81","text":"Принтер горит","reply_to":null,"file":null}}}','queued',0,0,NULL,1795496129225634);
INSERT INTO "outbox" VALUES(4,1,X'01A20BE8B2E274FD8F69803B5A1A4AAC','upload:3dca29ab3727fcd9b74bd9c2ecfeb29f4886ba68b3840e4851cc819c9401500c','upload','{"hash":"3dca29ab3727fcd9b74bd9c2ecfeb29f4886ba68b3840e4851cc819c9401500c","name":"snap.txt","size":16,"conversation":"01a20be8-ab94-7d4b-a4b4-b7bfba020219"}','queued',0,0,NULL,1795496129250384);
INSERT INTO "outbox" VALUES(5,1,X'01A20BE8B2E27456AEE9C0DCCE1EB1BB','conversation:01a20be8-ab94-7d4b-a4b4-b7bfba020219','say','{"do":"say","with":{"conversation":"01a20be8-ab94-7d4b-a4b4-b7bfba020219","draft":{"id":"01a20be8-b2e2-7456-aee9-c0dcce1eb1bb","text":"","reply_to":null,"file":{"hash":"3dca29ab3727fcd9b74bd9c2ecfeb29f4886ba68b3840e4851cc819c9401500c","name":"snap.txt","size":16,"mime":"text/plain","picture":null}}}}','queued',0,0,NULL,1795496129250384);
INSERT INTO "outbox" VALUES(6,1,X'01A20BE8B2E775FB8CD096B3CD15E7F0','conversation:01a20be8-ab94-7d4b-a4b4-b7bfba020219','rate','{"do":"rate","with":{"conversation":"01a20be8-ab94-7d4b-a4b4-b7bfba020219","rating":{"stars":4,"comment":"Быстро"}}}','queued',0,0,NULL,1795496129255404);
CREATE TABLE outbox_need (
    op          INTEGER NOT NULL REFERENCES outbox (id) ON DELETE CASCADE,
    hash        TEXT    NOT NULL,
    PRIMARY KEY (op, hash)
) STRICT, WITHOUT ROWID;
INSERT INTO "outbox_need" VALUES(5,'3dca29ab3727fcd9b74bd9c2ecfeb29f4886ba68b3840e4851cc819c9401500c');
CREATE TABLE setting (
    account     INTEGER NOT NULL,
    name        TEXT    NOT NULL,
    value       TEXT    NOT NULL,
    PRIMARY KEY (account, name)
) STRICT, WITHOUT ROWID;
INSERT INTO "setting" VALUES(0,'account','1');
INSERT INTO "setting" VALUES(0,'language','"en"');
INSERT INTO "setting" VALUES(0,'notifications','true');
INSERT INTO "setting" VALUES(0,'sounds','true');
INSERT INTO "setting" VALUES(0,'theme','"system"');
INSERT INTO "setting" VALUES(0,'zoom','125');
CREATE TABLE upload (
    account     INTEGER NOT NULL,
    hash        TEXT    NOT NULL,
    location    TEXT    NOT NULL,
    PRIMARY KEY (account, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_by_lane ON outbox (account, lane, id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('account',1);
INSERT INTO "sqlite_sequence" VALUES('outbox',6);
COMMIT;
