ALTER TABLE "messages" ADD COLUMN "parts" json;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "finish" text;--> statement-breakpoint
ALTER TABLE "turn_events" ADD COLUMN "kind" text DEFAULT 'text' NOT NULL;--> statement-breakpoint
ALTER TABLE "turns" ADD COLUMN "thought_ms" integer;