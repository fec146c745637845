-- Failures that are one problem. Only the ingestion makes and counts them; operators change state and owner, under Version.
-- Hours, Days and Facets are bounded and merged by the ingestion, which holds the row meanwhile.
CREATE TABLE "FailureGroups" (
    "Id" uuid PRIMARY KEY,
    "JobType" text NOT NULL,
    "ErrorType" text NOT NULL,
    "Template" text NOT NULL,
    "Frame" text NOT NULL,
    "FirstSeenAt" timestamptz NOT NULL,
    "LastSeenAt" timestamptz NOT NULL,
    "Count" bigint NOT NULL,
    "FinalCount" bigint NOT NULL,
    "LastOutcome" smallint NOT NULL,
    "State" smallint NOT NULL,
    "StateAt" timestamptz NOT NULL,
    "StateBy" text NOT NULL,
    "StateText" text NOT NULL,
    "StateJobId" text,
    "SnoozedUntil" timestamptz,
    "SnoozedCount" bigint,
    "AssigneeId" uuid,
    "Assignee" text,
    "Version" integer NOT NULL,
    "Hours" bytea NOT NULL,
    "Days" bytea NOT NULL,
    "Facets" jsonb NOT NULL,
    "ExampleAt" timestamptz NOT NULL,
    "ExampleSequence" integer NOT NULL,
    "ExampleJobId" text NOT NULL,
    "ExampleMessage" text NOT NULL,
    "ExampleStack" text NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX "FailureGroups_State" ON "FailureGroups" ("State", "LastSeenAt" DESC, "Id" DESC);
CREATE INDEX "FailureGroups_LastSeenAt" ON "FailureGroups" ("LastSeenAt");
CREATE INDEX "FailureGroups_Snoozed" ON "FailureGroups" ("SnoozedUntil") WHERE "State" = 3;

-- What operators did with a group and wrote about it, and when it came back by itself.
CREATE TABLE "FailureGroupEvents" (
    "Id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    "GroupId" uuid NOT NULL REFERENCES "FailureGroups" ("Id") ON DELETE CASCADE,
    "At" timestamptz NOT NULL,
    "Act" smallint NOT NULL,
    "By" text NOT NULL,
    "Text" text NOT NULL,
    "JobId" text
);
CREATE INDEX "FailureGroupEvents_GroupId" ON "FailureGroupEvents" ("GroupId", "Id");
