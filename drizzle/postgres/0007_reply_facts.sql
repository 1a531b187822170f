ALTER TABLE "messages" ADD COLUMN "usage" jsonb;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "first_token_ms" integer;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "total_ms" integer;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "tokens" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "context_tokens" integer;--> statement-breakpoint
UPDATE "sessions" SET "tokens" = coalesce((SELECT sum(("usage"->>'total_tokens')::bigint) FROM "turns" WHERE "session_id" = "sessions"."id"), 0);
