-- Names that attempts have: for completion, and to find what a name with wildcards stands for. A row with an empty name says that the
-- field has more of them than are kept here. Types with a queue that they came through are one name, with a U+001F between them.
CREATE TABLE "AttemptNames" (
    "Field" smallint NOT NULL,
    "Name" text NOT NULL,
    "Count" bigint NOT NULL,
    "LastAt" timestamptz NOT NULL,
    PRIMARY KEY ("Field", "Name")
);
