-- What ended, how long it waited and how long it ran: by minute (grain 1), hour (2) and UTC day (3). Facet 0 holds everything in one row,
-- 1 one row a job type, 2 a queue, 3 a host, each with the other names empty; 4 holds what has all three in common. Rows are written with
-- what they come to, never added to, by the one process that stores the history.
CREATE TABLE "Figures" (
    "Grain" smallint NOT NULL,
    "Facet" smallint NOT NULL,
    "At" timestamptz NOT NULL,
    "Type" text NOT NULL,
    "Queue" text NOT NULL,
    "Host" text NOT NULL,
    "Arrived" bigint NOT NULL,
    "Succeeded" bigint NOT NULL,
    "Retrying" bigint NOT NULL,
    "Failed" bigint NOT NULL,
    "Quarantined" bigint NOT NULL,
    "Lost" bigint NOT NULL,
    "Deleted" bigint NOT NULL,
    "Returned" bigint NOT NULL,
    "WaitMs" bigint NOT NULL,
    "RunMs" bigint NOT NULL,
    -- Histograms: pairs of a step to the next bucket in use (one byte) and its count (a number of seven bits a byte).
    "Waits" bytea NOT NULL,
    "SucceededRuns" bytea NOT NULL,
    "FailedRuns" bytea NOT NULL,
    PRIMARY KEY ("Grain", "Facet", "At", "Type", "Queue", "Host")
) PARTITION BY LIST ("Grain");

-- Apart by facet, so that the few rows of a long range lie together. Rows of the open minute, hour and day are written every second:
-- the room that a page keeps free lets a new version stay on it, and the index alone.
CREATE TABLE "MinuteFigures" PARTITION OF "Figures" FOR VALUES IN (1) PARTITION BY LIST ("Facet");
CREATE TABLE "MinuteFiguresWhole" PARTITION OF "MinuteFigures" FOR VALUES IN (0, 1, 2, 3) WITH (fillfactor = 60);
CREATE TABLE "MinuteFiguresCells" PARTITION OF "MinuteFigures" FOR VALUES IN (4) WITH (fillfactor = 60);
CREATE TABLE "HourFigures" PARTITION OF "Figures" FOR VALUES IN (2) PARTITION BY LIST ("Facet");
CREATE TABLE "HourFiguresWhole" PARTITION OF "HourFigures" FOR VALUES IN (0, 1, 2, 3) WITH (fillfactor = 60);
CREATE TABLE "HourFiguresCells" PARTITION OF "HourFigures" FOR VALUES IN (4) WITH (fillfactor = 60);
CREATE TABLE "DayFigures" PARTITION OF "Figures" FOR VALUES IN (3) PARTITION BY LIST ("Facet");
CREATE TABLE "DayFiguresWhole" PARTITION OF "DayFigures" FOR VALUES IN (0, 1, 2, 3) WITH (fillfactor = 60);
CREATE TABLE "DayFiguresCells" PARTITION OF "DayFigures" FOR VALUES IN (4) WITH (fillfactor = 60);

-- What was so at a moment, looked at once a minute: by minute, hour and UTC day as above. The empty queue stands for the whole fleet.
CREATE TABLE "Gauges" (
    "Grain" smallint NOT NULL,
    "Queue" text NOT NULL,
    "At" timestamptz NOT NULL,
    "Samples" integer NOT NULL,
    "DepthSum" bigint NOT NULL,
    "DepthMax" bigint NOT NULL,
    "OldestMaxMs" bigint NOT NULL,
    "BusySum" bigint NOT NULL,
    "BusyMax" bigint NOT NULL,
    "SlotSum" bigint NOT NULL,
    "WorkerSum" bigint NOT NULL,
    PRIMARY KEY ("Grain", "Queue", "At")
) WITH (fillfactor = 80);

-- When each host was first seen with each version of its program.
CREATE TABLE "HostVersions" (
    "Host" text NOT NULL,
    "Version" text NOT NULL,
    "FirstAt" timestamptz NOT NULL,
    PRIMARY KEY ("Host", "Version")
);
CREATE INDEX "HostVersionsFirstAt" ON "HostVersions" ("FirstAt");
