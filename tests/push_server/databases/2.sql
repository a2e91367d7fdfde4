BEGIN TRANSACTION;
CREATE TABLE announcements (key TEXT NOT NULL PRIMARY KEY, audience TEXT, payload TEXT NOT NULL,
           urgency TEXT NOT NULL, created_at FLOAT NOT NULL, expires_at FLOAT NOT NULL);
INSERT INTO "announcements" VALUES('noon:2026-11-23','noon','{"kind": "noon", "title": "今天中午不休息，11:30–13:00 照常办", "body": "1 个业务咨询窗口、2 个业务受理窗口在岗。先看要带的材料再来。", "tag": "noon", "url": "noon/", "date": "2026-11-23"}','high',1795403700.0,1795410000.0);
INSERT INTO "announcements" VALUES('test:00',NULL,'{"kind": "test", "title": "今天中午不休息，11:30–13:00 照常办", "body": "1 个业务咨询窗口、2 个业务受理窗口在岗。先看要带的材料再来。", "tag": "test", "url": "noon/", "date": "2026-11-23"}','high',1795402800.0,1795402890.0);
CREATE TABLE deliveries (announcement TEXT NOT NULL REFERENCES announcements (key) ON DELETE CASCADE,
           recipient TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL, next_at FLOAT NOT NULL,
           changed_at FLOAT NOT NULL, reason TEXT, PRIMARY KEY (announcement, recipient));
INSERT INTO "deliveries" VALUES('noon:2026-11-23','004c71a3ade6d90678400176a6959ea577e2d1aca49c36de4e4bacb799fd544c','sent',1,1795403700.0,1795403701.0,NULL);
INSERT INTO "deliveries" VALUES('noon:2026-11-23','db32a74cc3a69bc90ba16ed2e36ccf5faeb5bbc0d4b61563d06922c7ac86c267','sending',0,1795403700.0,1795403701.0,NULL);
INSERT INTO "deliveries" VALUES('noon:2026-11-23','851e2d58bf1ade6584a3e06bdd6973eaeb535744751754cd734de83b61df4992','sent',1,1795403700.0,1795403701.0,NULL);
INSERT INTO "deliveries" VALUES('test:00','004c71a3ade6d90678400176a6959ea577e2d1aca49c36de4e4bacb799fd544c','failed',1,1795402800.0,1795402801.0,'403');
CREATE TABLE queue_reports (id INTEGER NOT NULL PRIMARY KEY, kind TEXT NOT NULL, waiting INTEGER NOT NULL,
           serving TEXT, observed_at FLOAT NOT NULL, received_at FLOAT NOT NULL, token TEXT NOT NULL);
INSERT INTO "queue_reports" VALUES(7,'acceptance',12,'A031',1795403640.0,1795403641.0,'hall');
CREATE TABLE schema_version (version INTEGER NOT NULL);
INSERT INTO "schema_version" VALUES(2);
CREATE TABLE subscription_topics (topic TEXT NOT NULL,
           recipient TEXT NOT NULL REFERENCES subscriptions (recipient) ON DELETE CASCADE,
           PRIMARY KEY (topic, recipient));
INSERT INTO "subscription_topics" VALUES('noon','004c71a3ade6d90678400176a6959ea577e2d1aca49c36de4e4bacb799fd544c');
INSERT INTO "subscription_topics" VALUES('noon','db32a74cc3a69bc90ba16ed2e36ccf5faeb5bbc0d4b61563d06922c7ac86c267');
CREATE TABLE subscriptions (recipient TEXT NOT NULL PRIMARY KEY, endpoint TEXT NOT NULL,
           p256dh TEXT NOT NULL, auth TEXT NOT NULL, created_at FLOAT NOT NULL, seen_at FLOAT NOT NULL);
INSERT INTO "subscriptions" VALUES('004c71a3ade6d90678400176a6959ea577e2d1aca49c36de4e4bacb799fd544c','https://fcm.googleapis.com/fcm/send/one','BD7RE7eIO0xZBjg3nbDCHNoWdC7QJVBIv0MzkdN0vCHRkJkgmszEyKIkyEOvpPTGigkNBNpemIna4vju_OgqN0A','AAAAAAAAAAAAAAAAAAAAAA',1795000000.0,1795399200.0);
INSERT INTO "subscriptions" VALUES('db32a74cc3a69bc90ba16ed2e36ccf5faeb5bbc0d4b61563d06922c7ac86c267','https://fcm.googleapis.com/fcm/send/two','BHQd1b2oF9leRiZTcyDl1VF5mDAosvgsmdUAxe6GJOPEB3C0apw4X9xWc4NVSIexVI7rkSw1ulynGZX_Is1EgdM','AAAAAAAAAAAAAAAAAAAAAA',1795000000.0,1795399200.0);
CREATE TABLE tokens (name TEXT NOT NULL PRIMARY KEY, digest TEXT NOT NULL UNIQUE,
           created_at FLOAT NOT NULL, revoked_at FLOAT);
INSERT INTO "tokens" VALUES('hall','2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b',1795000000.0,NULL);
CREATE TABLE unfound (query TEXT NOT NULL PRIMARY KEY, times INTEGER NOT NULL,
           first_day TEXT NOT NULL, last_day TEXT NOT NULL);
INSERT INTO "unfound" VALUES('开店',3,'2026-11-20','2026-11-23');
CREATE INDEX subscriptions_seen ON subscriptions (seen_at);
CREATE INDEX subscription_topics_recipient ON subscription_topics (recipient);
CREATE INDEX deliveries_open ON deliveries (state, next_at);
CREATE INDEX queue_reports_latest ON queue_reports (kind, observed_at, id);
COMMIT;
