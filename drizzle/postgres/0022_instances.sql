CREATE TABLE "instances" (
	"name" text PRIMARY KEY NOT NULL,
	"heartbeat" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
-- Drizzle knows no fillfactor: room in each page for the new versions of rows that are updated while a turn runs.
ALTER TABLE "instances" SET (fillfactor = 50);
--> statement-breakpoint
ALTER TABLE "turns" SET (fillfactor = 60);
