DROP INDEX "sessions_list";--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "pinned_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "archived_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "sessions_pinned" ON "sessions" USING btree ("owner","pinned_at","id") WHERE "sessions"."pinned_at" is not null;--> statement-breakpoint
CREATE INDEX "sessions_archived" ON "sessions" USING btree ("owner","archived_at","id") WHERE "sessions"."archived_at" is not null;--> statement-breakpoint
CREATE INDEX "sessions_deleted" ON "sessions" USING btree ("owner","deleted_at","id") WHERE "sessions"."deleted_at" is not null;--> statement-breakpoint
CREATE INDEX "sessions_list" ON "sessions" USING btree ("owner","last_activity","id") WHERE "sessions"."deleted_at" is null and "sessions"."archived_at" is null;