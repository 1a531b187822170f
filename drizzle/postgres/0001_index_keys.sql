DROP INDEX "turns_created";--> statement-breakpoint
DROP INDEX "turns_ended";--> statement-breakpoint
CREATE INDEX "turns_keys" ON "turns" USING btree ("created_at") WHERE "turns"."idempotency_key" is not null;