-- Names that attempts have: for completion, and to find what a name with wildcards stands for. A row with an empty name says that the
-- field has more of them than are kept here.
CREATE TABLE "AttemptNames" (
    "Field" smallint NOT NULL,
    "Name" text NOT NULL,
    "Count" bigint NOT NULL,
    "LastAt" timestamptz NOT NULL,
    PRIMARY KEY ("Field", "Name")
);
