CREATE TABLE "prompt_texts" (
	"session_id" text NOT NULL,
	"id" text NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	CONSTRAINT "prompt_texts_session_id_id_pk" PRIMARY KEY("session_id","id")
);
--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "temperature" double precision;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "max_tokens" integer;--> statement-breakpoint
ALTER TABLE "turns" ADD COLUMN "prompt" jsonb;--> statement-breakpoint
ALTER TABLE "prompt_texts" ADD CONSTRAINT "prompt_texts_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;