-- Attempts that have ended. (EndedAt, Sequence) is the position of the event in the stream. Day partitions are made and dropped by the
-- upkeep of the history; one that is missing is made before a batch that needs it.
CREATE TABLE "Attempts" (
    "Kept" smallint NOT NULL,
    "EndedAt" timestamptz NOT NULL,
    "Sequence" integer NOT NULL,
    -- In the order of bytes, so that an index finds the beginning of an id.
    "JobId" text COLLATE "C" NOT NULL,
    "Type" text NOT NULL,
    "TypeName" text NOT NULL,
    "Queue" text NOT NULL,
    "Worker" text NOT NULL,
    "Host" text NOT NULL,
    "Version" text NOT NULL,
    "Outcome" smallint NOT NULL,
    "Attempt" integer NOT NULL,
    "CreatedAt" timestamptz,
    "EnqueuedAt" timestamptz,
    "StartedAt" timestamptz,
    "WaitMs" bigint,
    "RunMs" bigint,
    "Arguments" jsonb,
    "Result" jsonb,
    "ErrorType" text,
    "ErrorMessage" text,
    "Stack" text,
    "Reason" text,
    "GroupId" uuid,
    "ScheduleId" uuid,
    "NominalAt" timestamptz,
    "Owner" text NOT NULL,
    "Tags" text[] NOT NULL,
    "ParentId" text COLLATE "C",
    "Cut" smallint NOT NULL,
    "IsRedacted" boolean NOT NULL
) PARTITION BY LIST ("Kept");

-- For the search within texts. A database that does not have it, or does not allow it, searches them more slowly.
DO $$ BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN
    RAISE NOTICE 'pg_trgm is not there: %', SQLERRM;
END $$;

CREATE TABLE "AttemptsSucceeded" PARTITION OF "Attempts" FOR VALUES IN (1) PARTITION BY RANGE ("EndedAt");
CREATE TABLE "AttemptsFailed" PARTITION OF "Attempts" FOR VALUES IN (2) PARTITION BY RANGE ("EndedAt");
CREATE TABLE "AttemptsOther" PARTITION OF "Attempts" FOR VALUES IN (3) PARTITION BY RANGE ("EndedAt");

-- What every read needs at once, so these are kept up while a day is written: they cost each row. Those that take longer to keep up
-- than to build are built when the day has ended: LateIndexes.
CREATE INDEX "Attempts_EndedAt" ON "Attempts" ("EndedAt", "Sequence");
CREATE INDEX "Attempts_JobId" ON "Attempts" ("JobId", "EndedAt");
CREATE INDEX "Attempts_Type" ON "Attempts" ("Type", "EndedAt", "Sequence");
CREATE INDEX "Attempts_Queue" ON "Attempts" ("Queue", "EndedAt", "Sequence");
CREATE INDEX "Attempts_GroupId" ON "Attempts" ("GroupId", "EndedAt", "Sequence") WHERE "GroupId" IS NOT NULL;
CREATE INDEX "Attempts_ParentId" ON "Attempts" ("ParentId", "EndedAt", "Sequence") WHERE "ParentId" IS NOT NULL;
CREATE INDEX "Attempts_ScheduleId" ON "Attempts" ("ScheduleId", "EndedAt", "Sequence") WHERE "ScheduleId" IS NOT NULL;

-- Few of those that failed are locked away or lost, and few of the others were given back.
CREATE INDEX "AttemptsFailed_Outcome" ON "AttemptsFailed" ("Outcome", "EndedAt", "Sequence");
CREATE INDEX "AttemptsOther_Outcome" ON "AttemptsOther" ("Outcome", "EndedAt", "Sequence");

-- The one row that says which console process stores the events, and up to where they are stored.
CREATE TABLE "HistoryLease" (
    "Id" integer PRIMARY KEY CHECK ("Id" = 1),
    "Holder" text NOT NULL,
    "Epoch" bigint NOT NULL UNIQUE,
    "RenewedAt" timestamptz NOT NULL,
    "ExpiresAt" timestamptz NOT NULL,
    "Position" text NOT NULL,
    "PositionAt" timestamptz,
    "StoredAt" timestamptz,
    "Events" bigint NOT NULL,
    "LagMs" bigint NOT NULL
);
INSERT INTO "HistoryLease" VALUES (1, '', 0, '-infinity', '-infinity', '0-0', NULL, NULL, 0, 0);

-- Events that were trimmed from the stream before they were stored.
CREATE TABLE "HistoryGaps" (
    "Id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "From" text NOT NULL,
    "FromAt" timestamptz NOT NULL,
    "Until" text NOT NULL,
    "UntilAt" timestamptz NOT NULL,
    "Why" text NOT NULL,
    "RecordedAt" timestamptz NOT NULL DEFAULT clock_timestamp()
);
