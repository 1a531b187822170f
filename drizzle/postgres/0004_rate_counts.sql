-- Unlogged: no request waits for the disk, and a crash forgets the counts of a few minutes.
CREATE UNLOGGED TABLE "rate_counts" (
	"key" "bytea" PRIMARY KEY NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"count" integer NOT NULL
) WITH (fillfactor = 70);
--> statement-breakpoint
CREATE INDEX "rate_counts_ends" ON "rate_counts" USING btree ("ends_at");
