DROP INDEX "messages_parent";--> statement-breakpoint
ALTER TABLE "turns" ADD COLUMN "parent" text;--> statement-breakpoint
ALTER TABLE "turns" ADD COLUMN "head_before" text;--> statement-breakpoint
CREATE INDEX "messages_roots" ON "messages" USING btree ("session_id","seq") WHERE "messages"."parent" is null;--> statement-breakpoint
CREATE INDEX "messages_parent" ON "messages" USING btree ("parent","seq");