BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'safar','m001_counters','2026-11-22 02:55:42.137408+00:00');
CREATE TABLE demand (
            day TEXT NOT NULL, topic TEXT NOT NULL, language TEXT NOT NULL, script TEXT NOT NULL,
            door TEXT NOT NULL, outcome TEXT NOT NULL, people INTEGER NOT NULL, taps INTEGER NOT NULL,
            PRIMARY KEY (day, topic, language, script, door, outcome)
        ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "demand" VALUES('2026-11-16','help/violence','uz','Latn','question','confident',1,1);
INSERT INTO "demand" VALUES('2026-11-21','rights/wages','ru','Cyrl','menu','shown',1,1);
CREATE TABLE hours (
            day TEXT NOT NULL, hour INTEGER NOT NULL, taps INTEGER NOT NULL, PRIMARY KEY (day, hour)
        ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "hours" VALUES('2026-11-21',9,1);
CREATE TABLE regions (
            day TEXT NOT NULL, region TEXT NOT NULL, taps INTEGER NOT NULL, PRIMARY KEY (day, region)
        ) STRICT, WITHOUT ROWID
    ;
CREATE TABLE sources (
            day TEXT NOT NULL, source TEXT NOT NULL, taps INTEGER NOT NULL, PRIMARY KEY (day, source)
        ) STRICT, WITHOUT ROWID
    ;
INSERT INTO "sources" VALUES('2026-11-21','bazaar',1);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
COMMIT;
