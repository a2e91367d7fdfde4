BEGIN TRANSACTION;
CREATE TABLE accounts (
	name TEXT NOT NULL, 
	shown TEXT NOT NULL, 
	roles TEXT NOT NULL, 
	password TEXT NOT NULL, 
	code TEXT, 
	created_at FLOAT NOT NULL, 
	disabled_at FLOAT, 
	PRIMARY KEY (name)
);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0008');
CREATE TABLE announcements (key TEXT NOT NULL PRIMARY KEY, audience TEXT, payload TEXT NOT NULL,
           urgency TEXT NOT NULL, created_at FLOAT NOT NULL, expires_at FLOAT NOT NULL, tag TEXT DEFAULT '' NOT NULL, serial INTEGER DEFAULT '0' NOT NULL, facts TEXT DEFAULT '' NOT NULL, correction TEXT DEFAULT '' NOT NULL, corrects_until FLOAT DEFAULT '0' NOT NULL, priority INTEGER DEFAULT '1' NOT NULL, subject TEXT, threshold INTEGER, begins_at FLOAT, lead INTEGER, weekday INTEGER, quiet TEXT DEFAULT 'waits' NOT NULL, shown INTEGER DEFAULT '0' NOT NULL);
INSERT INTO "announcements" VALUES('noon:2026-11-23','noon','{"kind": "noon", "title": "今天中午不休息，11:30–13:00 照常办", "body": "1 个业务咨询窗口、2 个业务受理窗口在岗。先看要带的材料再来。", "tag": "noon", "url": "noon/", "date": "2026-11-23"}','high',1795403700.0,1795410000.0,'noon',2,'11:30–13:00','',0.0,1,NULL,NULL,NULL,NULL,NULL,'waits',0);
INSERT INTO "announcements" VALUES('test:00',NULL,'{"kind": "test", "title": "今天中午不休息，11:30–13:00 照常办", "body": "1 个业务咨询窗口、2 个业务受理窗口在岗。先看要带的材料再来。", "tag": "test", "url": "noon/", "date": "2026-11-23"}','high',1795402800.0,1795402890.0,'test',1,'','',0.0,1,NULL,NULL,NULL,NULL,NULL,'waits',0);
CREATE TABLE attempts (
	scope TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	failures INTEGER NOT NULL, 
	last_at FLOAT NOT NULL, 
	until FLOAT NOT NULL, 
	PRIMARY KEY (scope, subject)
);
CREATE TABLE audit (
	id INTEGER NOT NULL, 
	at FLOAT NOT NULL, 
	account TEXT, 
	action TEXT NOT NULL, 
	ticket TEXT, 
	window TEXT, 
	detail TEXT, 
	event TEXT, 
	PRIMARY KEY (id), 
	UNIQUE (event)
);
CREATE TABLE deliveries (announcement TEXT NOT NULL REFERENCES announcements (key) ON DELETE CASCADE,
           person TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL, next_at FLOAT NOT NULL,
           changed_at FLOAT NOT NULL, reason TEXT, priority INTEGER DEFAULT '1' NOT NULL, told TEXT, maybe TEXT, PRIMARY KEY (announcement, person));
INSERT INTO "deliveries" VALUES('noon:2026-11-23','004c71a3ade6d90678400176a6959ea577e2d1aca49c36de4e4bacb799fd544c','sent',1,1795403700.0,1795403701.0,NULL,1,'11:30–13:00',NULL);
INSERT INTO "deliveries" VALUES('noon:2026-11-23','db32a74cc3a69bc90ba16ed2e36ccf5faeb5bbc0d4b61563d06922c7ac86c267','sending',0,1795403700.0,1795403701.0,NULL,1,NULL,'11:30–13:00');
INSERT INTO "deliveries" VALUES('noon:2026-11-23','851e2d58bf1ade6584a3e06bdd6973eaeb535744751754cd734de83b61df4992','sent',1,1795403700.0,1795403701.0,NULL,1,'11:30–13:00',NULL);
INSERT INTO "deliveries" VALUES('test:00','004c71a3ade6d90678400176a6959ea577e2d1aca49c36de4e4bacb799fd544c','failed',1,1795402800.0,1795402801.0,'403',1,NULL,NULL);
CREATE TABLE devices (
	name TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	enrolled_at FLOAT NOT NULL, 
	enrolled_by TEXT NOT NULL, 
	revoked_at FLOAT, 
	PRIMARY KEY (name), 
	UNIQUE (digest)
);
CREATE TABLE hall_days (
	day TEXT NOT NULL, 
	"key" TEXT, 
	events INTEGER DEFAULT '0' NOT NULL, 
	thinned_at FLOAT, 
	PRIMARY KEY (day)
);
CREATE TABLE hall_events (
	serial INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	day TEXT NOT NULL, 
	type TEXT NOT NULL, 
	at FLOAT NOT NULL, 
	received_at FLOAT NOT NULL, 
	source TEXT NOT NULL, 
	ticket TEXT, 
	kind TEXT, 
	matter TEXT, 
	prechecked INTEGER NOT NULL, 
	window TEXT, 
	until FLOAT, 
	corrects TEXT, 
	demo INTEGER NOT NULL, 
	PRIMARY KEY (serial), 
	UNIQUE (id)
);
CREATE TABLE hall_visits (
	serial INTEGER NOT NULL, 
	day TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	matter TEXT, 
	state TEXT NOT NULL, 
	taken_at FLOAT NOT NULL, 
	called_at FLOAT, 
	ended_at FLOAT, 
	implied INTEGER NOT NULL, 
	window TEXT, 
	demo INTEGER NOT NULL, 
	PRIMARY KEY (serial)
);
CREATE TABLE hall_windows (
	id TEXT NOT NULL, 
	kinds TEXT NOT NULL, 
	demo INTEGER NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE notices (
	id TEXT NOT NULL, 
	preset TEXT NOT NULL, 
	title TEXT NOT NULL, 
	body TEXT NOT NULL, 
	audience TEXT NOT NULL, 
	publish_at FLOAT NOT NULL, 
	expires_at FLOAT NOT NULL, 
	state TEXT NOT NULL, 
	created_at FLOAT NOT NULL, 
	created_by TEXT NOT NULL, 
	day TEXT, 
	hours TEXT, 
	approved_by TEXT, 
	approved_at FLOAT, 
	cancelled_by TEXT, 
	cancelled_at FLOAT, 
	corrects TEXT, 
	request_key TEXT, 
	PRIMARY KEY (id)
);
CREATE TABLE people (
	id TEXT NOT NULL, 
	secret TEXT, 
	endpoint_digest TEXT, 
	endpoint TEXT, 
	p256dh TEXT, 
	auth TEXT, 
	created_at FLOAT NOT NULL, 
	seen_at FLOAT NOT NULL, quiet_from INTEGER, quiet_to INTEGER, vapid TEXT, paused_until FLOAT, reached_at FLOAT, 
	PRIMARY KEY (id), 
	UNIQUE (endpoint_digest)
);
INSERT INTO "people" VALUES('004c71a3ade6d90678400176a6959ea577e2d1aca49c36de4e4bacb799fd544c',NULL,'004c71a3ade6d90678400176a6959ea577e2d1aca49c36de4e4bacb799fd544c','https://fcm.googleapis.com/fcm/send/one','BD7RE7eIO0xZBjg3nbDCHNoWdC7QJVBIv0MzkdN0vCHRkJkgmszEyKIkyEOvpPTGigkNBNpemIna4vju_OgqN0A','AAAAAAAAAAAAAAAAAAAAAA',1795000000.0,1795399200.0,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "people" VALUES('db32a74cc3a69bc90ba16ed2e36ccf5faeb5bbc0d4b61563d06922c7ac86c267',NULL,'db32a74cc3a69bc90ba16ed2e36ccf5faeb5bbc0d4b61563d06922c7ac86c267','https://fcm.googleapis.com/fcm/send/two','BHQd1b2oF9leRiZTcyDl1VF5mDAosvgsmdUAxe6GJOPEB3C0apw4X9xWc4NVSIexVI7rkSw1ulynGZX_Is1EgdM','AAAAAAAAAAAAAAAAAAAAAA',1795000000.0,1795399200.0,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE pulse (
	name TEXT NOT NULL, 
	at FLOAT, 
	error TEXT, 
	error_at FLOAT, 
	PRIMARY KEY (name)
);
CREATE TABLE queue_reports (id INTEGER NOT NULL PRIMARY KEY, kind TEXT NOT NULL, waiting INTEGER NOT NULL,
           serving TEXT, observed_at FLOAT NOT NULL, received_at FLOAT NOT NULL, token TEXT NOT NULL);
INSERT INTO "queue_reports" VALUES(7,'acceptance',12,'A031',1795403640.0,1795403641.0,'hall');
CREATE TABLE queue_watches (
	kind TEXT NOT NULL, 
	threshold INTEGER NOT NULL, 
	armed INTEGER NOT NULL, 
	told_at FLOAT, 
	PRIMARY KEY (kind, threshold)
);
CREATE TABLE staff_sessions (
	digest TEXT NOT NULL, 
	account TEXT NOT NULL, 
	created_at FLOAT NOT NULL, 
	seen_at FLOAT NOT NULL, 
	device TEXT, 
	PRIMARY KEY (digest), 
	FOREIGN KEY(account) REFERENCES accounts (name) ON DELETE CASCADE
);
CREATE TABLE timetables (
	day TEXT NOT NULL, 
	spans TEXT NOT NULL, 
	PRIMARY KEY (day)
);
CREATE TABLE tokens (name TEXT NOT NULL PRIMARY KEY, digest TEXT NOT NULL UNIQUE,
           created_at FLOAT NOT NULL, revoked_at FLOAT, role TEXT DEFAULT 'machine' NOT NULL);
INSERT INTO "tokens" VALUES('hall','2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b',1795000000.0,NULL,'machine');
CREATE TABLE unfound (query TEXT NOT NULL PRIMARY KEY, times INTEGER NOT NULL,
           first_day TEXT NOT NULL, last_day TEXT NOT NULL);
INSERT INTO "unfound" VALUES('开店',3,'2026-11-20','2026-11-23');
CREATE TABLE "wishes" (
	topic TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	person TEXT NOT NULL, 
	threshold INTEGER, 
	lead INTEGER, 
	weekdays TEXT, 
	on_date TEXT, 
	PRIMARY KEY (topic, subject, person), 
	FOREIGN KEY(person) REFERENCES people (id) ON DELETE CASCADE
);
INSERT INTO "wishes" VALUES('noon','','004c71a3ade6d90678400176a6959ea577e2d1aca49c36de4e4bacb799fd544c',NULL,NULL,NULL,NULL);
INSERT INTO "wishes" VALUES('noon','','db32a74cc3a69bc90ba16ed2e36ccf5faeb5bbc0d4b61563d06922c7ac86c267',NULL,NULL,NULL,NULL);
INSERT INTO "wishes" VALUES('hours','','004c71a3ade6d90678400176a6959ea577e2d1aca49c36de4e4bacb799fd544c',NULL,NULL,NULL,NULL);
INSERT INTO "wishes" VALUES('hours','','db32a74cc3a69bc90ba16ed2e36ccf5faeb5bbc0d4b61563d06922c7ac86c267',NULL,NULL,NULL,NULL);
CREATE INDEX queue_reports_latest ON queue_reports (kind, observed_at, id);
CREATE INDEX deliveries_open ON deliveries (state, priority, next_at);
CREATE INDEX deliveries_person ON deliveries (person);
CREATE INDEX announcements_tag ON announcements (tag, serial);
CREATE INDEX hall_events_day ON hall_events (day, serial);
CREATE INDEX hall_visits_day ON hall_visits (day);
CREATE INDEX staff_sessions_account ON staff_sessions (account);
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_account ON audit (account);
CREATE INDEX audit_ticket ON audit (ticket);
CREATE INDEX wishes_person ON wishes (person);
CREATE INDEX wishes_date ON wishes (topic, on_date);
CREATE UNIQUE INDEX notices_request ON notices (created_by, request_key);
CREATE INDEX notices_end ON notices (expires_at);
COMMIT;
