-- Mass operations on failed jobs: what was asked for, the jobs that it is about, and how far it has come. Items are numbered in the order
-- in which they are acted on; those up to Cursor have been, and an item without a state of its own among them is under way.
CREATE TABLE "BulkOperations" (
    "Id" uuid PRIMARY KEY,
    "Kind" smallint NOT NULL,
    "Source" smallint NOT NULL,
    "SourceText" text NOT NULL,
    "Title" text NOT NULL,
    "Patch" text,
    "NewestFirst" boolean NOT NULL,
    "Canary" smallint NOT NULL,
    "PerMinute" integer,
    "StopPercent" integer,
    "StopWindow" integer NOT NULL,
    "MadeBy" text NOT NULL,
    "Reason" text NOT NULL,
    "MadeAt" timestamptz NOT NULL,
    "State" smallint NOT NULL,
    "StateBy" text NOT NULL,
    "StateWhy" text NOT NULL,
    "StateAt" timestamptz NOT NULL,
    "Step" smallint NOT NULL,
    "StepDone" integer NOT NULL,
    "StepCursor" integer NOT NULL,
    "Total" integer NOT NULL,
    "Checked" integer NOT NULL,
    "Cursor" integer NOT NULL,
    "Done" integer NOT NULL,
    "Counts" integer[] NOT NULL,
    "Recent" text NOT NULL,
    "ActedAt" timestamptz,
    "FirstActedAt" timestamptz,
    "Trouble" text,
    "EndedAt" timestamptz
);
CREATE INDEX "IX_BulkOperations_Open" ON "BulkOperations" ("MadeAt") WHERE "EndedAt" IS NULL;
CREATE INDEX "IX_BulkOperations_MadeAt" ON "BulkOperations" ("MadeAt" DESC, "Id" DESC);

-- Half-empty pages, so that a mark is written beside the row that it changes. Removed with its operation by the store.
CREATE TABLE "BulkItems" (
    "OperationId" uuid NOT NULL,
    "Number" integer NOT NULL,
    "State" smallint NOT NULL DEFAULT 0,
    "JobId" text NOT NULL,
    "Note" text,
    PRIMARY KEY ("OperationId", "Number")
) WITH (fillfactor = 60);

-- The one row that says which console process runs the operations.
CREATE TABLE "BulkLease" (
    "Id" integer PRIMARY KEY CHECK ("Id" = 1),
    "Holder" text NOT NULL,
    "Epoch" bigint NOT NULL UNIQUE,
    "RenewedAt" timestamptz NOT NULL,
    "ExpiresAt" timestamptz NOT NULL
);
INSERT INTO "BulkLease" VALUES (1, '', 0, '-infinity', '-infinity');
