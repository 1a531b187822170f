CREATE TABLE "about_revisions" (
	"id" text PRIMARY KEY NOT NULL,
	"owner" text NOT NULL,
	"seq" integer NOT NULL,
	"text" text,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "memory_pinned" text;--> statement-breakpoint
CREATE UNIQUE INDEX "about_revisions_seq" ON "about_revisions" USING btree ("owner","seq");