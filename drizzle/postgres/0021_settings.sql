CREATE TABLE "setting_changes" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"before" text,
	"after" text,
	"changed_by" text NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"name" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "setting_changes_time" ON "setting_changes" USING btree ("changed_at","id");