-- Owners and tags by which volume is counted. There are at most so many of a kind; what is beyond counts under one name of its own kind.
CREATE TABLE "Labels" (
    "Id" integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "Kind" smallint NOT NULL,
    "Name" text NOT NULL,
    "SeenOn" date NOT NULL,
    UNIQUE ("Kind", "Name")
);

-- Ends of jobs by hour (UTC) and label. Changed all the time while its hour is open: hence the room in its pages.
CREATE TABLE "LabelHours" (
    "Hour" timestamptz NOT NULL,
    "LabelId" integer NOT NULL,
    "Succeeded" bigint NOT NULL,
    "Recovered" bigint NOT NULL,
    "Failed" bigint NOT NULL,
    "Deleted" bigint NOT NULL,
    "Retries" bigint NOT NULL,
    PRIMARY KEY ("Hour", "LabelId")
) WITH (fillfactor = 50);

-- Sums of the ledger of schedules for days (UTC) that are over and settled: of all schedules by hour, and of each one by day.
CREATE TABLE "LedgerHours" (
    "Hour" timestamptz PRIMARY KEY,
    "OnTime" bigint NOT NULL,
    "Late" bigint NOT NULL,
    "Missed" bigint NOT NULL,
    "NotMade" bigint NOT NULL,
    "DeadlinesMet" bigint NOT NULL,
    "DeadlinesMissed" bigint NOT NULL
);

CREATE TABLE "LedgerDays" (
    "Day" timestamptz NOT NULL,
    "ScheduleId" uuid NOT NULL,
    "OnTime" bigint NOT NULL,
    "Late" bigint NOT NULL,
    "Missed" bigint NOT NULL,
    "NotMade" bigint NOT NULL,
    "DeadlinesMet" bigint NOT NULL,
    "DeadlinesMissed" bigint NOT NULL,
    PRIMARY KEY ("Day", "ScheduleId")
);

-- The only row: days before this moment are summed; what is later is counted from the ledger itself.
CREATE TABLE "LedgerSums" ("Id" integer PRIMARY KEY CHECK ("Id" = 1), "Through" timestamptz NOT NULL);
INSERT INTO "LedgerSums" VALUES (1, '-infinity');

-- Service levels that are promised. What a kind does not need is empty, or zeros.
CREATE TABLE "Targets" (
    "Id" uuid PRIMARY KEY,
    "Kind" smallint NOT NULL,
    "JobType" text NOT NULL,
    "ScheduleId" uuid NOT NULL,
    "Measure" smallint NOT NULL,
    "Objective" numeric(6, 3) NOT NULL,
    "LimitMs" bigint,
    "Version" integer NOT NULL,
    "UpdatedAt" timestamptz NOT NULL,
    "UpdatedBy" text NOT NULL,
    UNIQUE ("Kind", "JobType", "ScheduleId", "Measure")
);
