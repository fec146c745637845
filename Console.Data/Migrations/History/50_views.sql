-- Searches under a name. A personal one belongs to its operator, a shared one to all; names are unique among what one person sees as
-- "mine" and among what all share.
CREATE TABLE "SavedViews" (
    "Id" uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    "OwnerId" uuid NOT NULL REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE,
    "Name" text NOT NULL,
    "Query" text NOT NULL,
    "IsShared" boolean NOT NULL,
    "UpdatedAt" timestamptz NOT NULL
);
CREATE UNIQUE INDEX "SavedViewsOfOne" ON "SavedViews" ("OwnerId", lower("Name")) WHERE NOT "IsShared";
CREATE UNIQUE INDEX "SavedViewsOfAll" ON "SavedViews" (lower("Name")) WHERE "IsShared";
