BEGIN TRANSACTION;
CREATE TABLE event (
    account     INTEGER NOT NULL,
    stream      TEXT    NOT NULL,           -- like 'conversation/ID/public'
    seq         INTEGER NOT NULL,           -- from 1 without a gap, once everything is here
    gseq        INTEGER NOT NULL,
    id          BLOB    NOT NULL,           -- uuid
    at          INTEGER NOT NULL,           -- microseconds UTC, the desk's clock
    by          BLOB,                       -- person, null when the desk did it
    kind        TEXT    NOT NULL,           -- the body's 'is', also when we do not know it
    body        TEXT    NOT NULL,           -- JSON
    PRIMARY KEY (account, stream, seq)
) STRICT, WITHOUT ROWID;
INSERT INTO "event" VALUES(1,'conversation/01a20be8-ab94-7d4b-a4b4-b7bfba020219/public',1,16,X'01A20BE8AB9A797499F2988CB4271913',1795496127386591,X'01A20BE8A6AB7F6C94FF25872186B415','conversation_opened','{"ask":{"class":"error","description":"Не печатает счёт","facts":[],"line":"01a20be8-a69c-70dd-95da-431aa0bd04b6","program":{"name":"","release":""}},"customer":"01a20be8-a6ab-7f6c-94ff-25872186b415","is":"conversation_opened","request":"01a20be8-ab94-7d4b-a4b4-b7bfba020219"}');
INSERT INTO "event" VALUES(1,'conversation/01a20be8-ab94-7d4b-a4b4-b7bfba020219/public',2,17,X'01A20BE8AB9A7974B2B19299932C33A5',1795496127386591,X'01A20BE8A6AB7F6C94FF25872186B415','joined','{"devices":[{"certificate":{"admission":"7mChia5mJxreqEgDSvuSb9GeBQF6zTcV612hvwS44OxM4Uzq8lD0NEnuF-NdsNkqV6o9DN3-dhxBjr1Ku1nYBIJxb3BvcmEvYWRtaXNzaW9uLzGncG9yZ2FuaXNhdGlvbl9rZXl4KzFaQUNwWkYyYXlfa203aWxkcm5uUU8zS1ZjXzdSRlRfZ1B3SllWX0VnX0VqaW52aXRlX2tleXgrRmVXWm8xZUdvRjNILTZjMm1ZMlNGN3VFUjFHOFhlMGhJT2hKdW9YeHAwSWZwZXJzb25QAaIL6Karf2yU_yWHIYa0FWRuYW1lddCQ0L3QvdCwINCR0LXQu9C-0LLQsGRyb2xlaGN1c3RvbWVybG9yZ2FuaXNhdGlvbngZ0J7QntCeIMKr0KDQvtC80LDRiNC60LDCu2JhdBsABmD-hMsQLQ","binding":"D_TlyQdPI8GsWmCyHqUcLTxEvZs6XTGuWKZBcTC9FwAKHV-eghOUu09yEElBLwkCvcZEb_l190iUAPKHJfiUBIJvb3BvcmEvYmluZGluZy8xomppbnZpdGVfa2V5eCtGZVdabzFlR29GM0gtNmMybVkyU0Y3dUVSMUc4WGUwaElPaEp1b1h4cDBJZmRldmljZXgrVzhGdFpRS1Vva3BfM2NXc0h2M0ZqWUdIal9DN0RLVHBiLVl2LURBQk1aSQ"},"key":"W8FtZQKUokp_3cWsHv3FjYGHj_C7DKTpb-Yv-DABMZI"}],"is":"joined","name":"Анна Белова","organisation":"ООО «Ромашка»","person":"01a20be8-a6ab-7f6c-94ff-25872186b415","role":"customer"}');
INSERT INTO "event" VALUES(1,'conversation/01a20be8-ab94-7d4b-a4b4-b7bfba020219/public',3,25,X'01A20BE8AD427A9F9DCD2054B949C1A4',1795496127810664,X'01A20BE8A6EB7BB6A35152FBF815B312','joined','{"devices":[{"certificate":{"admission":"kUbgR7FccpbdCzMlcXKnYrtWNCz9VhB-vMxwfVtbss5UCrvqde9Tt3CyucpQcrWUpI6WceTzE_w_2iIQz1K4C4Jxb3BvcmEvYWRtaXNzaW9uLzGncG9yZ2FuaXNhdGlvbl9rZXl4KzFaQUNwWkYyYXlfa203aWxkcm5uUU8zS1ZjXzdSRlRfZ1B3SllWX0VnX0VqaW52aXRlX2tleXgrcEFsWVFyS1pkMXhGT2lpQVZicFVaZmhyZVBvaHdGNmpJRjVYZWVKS016Z2ZwZXJzb25QAaIL6Kbre7ajUVL7-BWzEmRuYW1lcdCR0L7RgNC40YEg0JrQuNC8ZHJvbGVqc3BlY2lhbGlzdGxvcmdhbmlzYXRpb25z0KHQtdCy0LXRgC3QodC-0YTRgmJhdBsABmD-hMwJSw","binding":"uSAtbNaHySiFRYUHyLnbTl2lU-Jy7MoeXgHisV8FzTKphOx7JxLq1bNIGRtkO222II6j4X4c04kxFsCZolNFD4Jvb3BvcmEvYmluZGluZy8xomppbnZpdGVfa2V5eCtwQWxZUXJLWmQxeEZPaWlBVmJwVVpmaHJlUG9od0Y2aklGNVhlZUpLTXpnZmRldmljZXgrREdQNTYxTzZSNGx3VHEyYUR6Um1VWnhkcVBwdWhndS12QkRILUZBb28xQQ"},"key":"DGP561O6R4lwTq2aDzRmUZxdqPpuhgu-vBDH-FAoo1A"}],"is":"joined","name":"Борис Ким","organisation":"Север-Софт","person":"01a20be8-a6eb-7bb6-a351-52fbf815b312","role":"specialist"}');
INSERT INTO "event" VALUES(1,'conversation/01a20be8-ab94-7d4b-a4b4-b7bfba020219/public',4,26,X'01A20BE8AD577770B9676F10ED7573A6',1795496127936160,X'01A20BE8A6EB7BB6A35152FBF815B312','said','{"file":null,"id":"01a20be8-ad57-7770-b967-6f10ed7573a6","is":"said","reply_to":null,"text":"Какой принтер?"}');
INSERT INTO "event" VALUES(1,'conversation/01a20be8-ab94-7d4b-a4b4-b7bfba020219/public',5,29,X'01A20BE8ADC97AE1AFD7E88819B31412',1795496127945680,X'01A20BE8A6EB7BB6A35152FBF815B312','ticket_noted','{"is":"ticket_noted","number":1,"subject":"Обновить платформу","ticket":"01a20be8-adb0-7902-acfb-05c95087b487"}');
INSERT INTO "event" VALUES(1,'conversation/01a20be8-ab94-7d4b-a4b4-b7bfba020219/public',6,30,X'01A20BE8B1FF7BA199BFFF486818962A',1795496129054546,X'01A20BE8A6AB7F6C94FF25872186B415','said','{"file":null,"id":"01a20be8-b1ff-7ba1-99bf-ff486818962a","is":"said","reply_to":null,"text":"HP, на складе"}');
INSERT INTO "event" VALUES(1,'desk',1,1,X'01A20BE8A5D875AEA484B7A36D252D8C',1795496125897214,X'01A20BE8A58A727EA7862532C923EE39','desk_named','{"is":"desk_named","name":"Север-Софт"}');
INSERT INTO "event" VALUES(1,'desk',2,6,X'01A20BE8A69F7BE3954A2EAD717A91CB',1795496126111743,X'01A20BE8A58A727EA7862532C923EE39','line_made','{"is":"line_made","line":"01a20be8-a69c-70dd-95da-431aa0bd04b6","name":"1С"}');
INSERT INTO "event" VALUES(1,'person/01a20be8-a6ab-7f6c-94ff-25872186b415',1,10,X'01A20BE8A9237AEDBF17959838FB49FB',1795496126754650,X'01A20BE8A6AB7F6C94FF25872186B415','stream_opened','{"head":2,"is":"stream_opened","stream":"desk"}');
INSERT INTO "event" VALUES(1,'person/01a20be8-a6ab-7f6c-94ff-25872186b415',2,15,X'01A20BE8AB9A7974BE83289AD8A34AC6',1795496127386591,X'01A20BE8A6AB7F6C94FF25872186B415','stream_opened','{"head":2,"is":"stream_opened","stream":"conversation/01a20be8-ab94-7d4b-a4b4-b7bfba020219/public"}');
INSERT INTO "event" VALUES(1,'person/01a20be8-a6ab-7f6c-94ff-25872186b415',3,19,X'01A20BE8AB9A79748AE89C5473AA595A',1795496127386591,X'01A20BE8A6AB7F6C94FF25872186B415','request_asked','{"ask":{"class":"error","description":"Не печатает счёт","facts":[],"line":"01a20be8-a69c-70dd-95da-431aa0bd04b6","program":{"name":"","release":""}},"customer":"01a20be8-a6ab-7f6c-94ff-25872186b415","is":"request_asked","request":"01a20be8-ab94-7d4b-a4b4-b7bfba020219","since":1795496127386591}');
INSERT INTO "event" VALUES(1,'person/01a20be8-a6ab-7f6c-94ff-25872186b415',4,21,X'01A20BE8AC2E7770B1FB6EAE8EA23883',1795496127534145,NULL,'request_moved','{"epoch":1,"is":"request_moved","request":"01a20be8-ab94-7d4b-a4b4-b7bfba020219","state":{"is":"offered","to":"01a20be8-a6eb-7bb6-a351-52fbf815b312","until":1795496152534145}}');
INSERT INTO "event" VALUES(1,'person/01a20be8-a6ab-7f6c-94ff-25872186b415',5,23,X'01A20BE8AD427A9FAB75A78725E39A98',1795496127810664,X'01A20BE8A6EB7BB6A35152FBF815B312','request_moved','{"epoch":2,"is":"request_moved","request":"01a20be8-ab94-7d4b-a4b4-b7bfba020219","state":{"by":"01a20be8-a6eb-7bb6-a351-52fbf815b312","is":"accepted"}}');
INSERT INTO "event" VALUES(1,'person/01a20be8-a6ab-7f6c-94ff-25872186b415',6,28,X'01A20BE8ADC97AE18D34079F22C5CF7E',1795496127945680,X'01A20BE8A6EB7BB6A35152FBF815B312','ticket_made','{"customer":"01a20be8-a6ab-7f6c-94ff-25872186b415","draft":{"conversation":"01a20be8-ab94-7d4b-a4b4-b7bfba020219","customer":"01a20be8-a6ab-7f6c-94ff-25872186b415","description":"до 8.3.27","files":[],"id":"01a20be8-adb0-7902-acfb-05c95087b487","kind":"error","priority":"high","subject":"Обновить платформу"},"is":"ticket_made","number":1,"status":"new"}');
CREATE TABLE feed (
    account     INTEGER PRIMARY KEY,
    epoch       BLOB    NOT NULL,           -- uuid; another one means: the desk was restored
    cursor      INTEGER NOT NULL DEFAULT 0  -- everything up to this gseq is in `event`
) STRICT;
INSERT INTO "feed" VALUES(1,X'000000000000700094CBC45A8B1BFEA5',30);
CREATE TABLE meta (
    version     INTEGER NOT NULL,
    min_reader  INTEGER NOT NULL,
    min_writer  INTEGER NOT NULL
) STRICT;
INSERT INTO "meta" VALUES(1,1,1);
CREATE INDEX event_by_id ON event (account, id);
COMMIT;
