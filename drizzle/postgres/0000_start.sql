CREATE TABLE "memory_revisions" (
	"id" text PRIMARY KEY NOT NULL,
	"session_id" text NOT NULL,
	"seq" integer NOT NULL,
	"text" text,
	"author" text NOT NULL,
	"turn" text,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" text PRIMARY KEY NOT NULL,
	"session_id" text NOT NULL,
	"seq" integer NOT NULL,
	"parent" text,
	"role" text NOT NULL,
	"content" text NOT NULL,
	"state" text DEFAULT 'complete' NOT NULL,
	"model" text,
	"tokens" integer,
	"turn" text,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"owner" text NOT NULL,
	"title" text,
	"opening" text,
	"memory" text,
	"memory_enabled" boolean DEFAULT true NOT NULL,
	"system_prompt" text,
	"model" text,
	"head" text,
	"last_seq" integer DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"last_activity" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"deleted_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "turn_events" (
	"request_id" text NOT NULL,
	"offset" integer NOT NULL,
	"text" text NOT NULL,
	CONSTRAINT "turn_events_request_id_offset_pk" PRIMARY KEY("request_id","offset")
);
--> statement-breakpoint
CREATE TABLE "turns" (
	"request_id" text PRIMARY KEY NOT NULL,
	"owner" text NOT NULL,
	"session_id" text,
	"idempotency_key" text,
	"body_hash" text,
	"state" text NOT NULL,
	"failure" jsonb,
	"failed_text" text,
	"model" text NOT NULL,
	"user_message_id" text,
	"reply_id" text,
	"usage" jsonb,
	"first_token_ms" integer,
	"instance" text NOT NULL,
	"heartbeat" timestamp (3) with time zone NOT NULL,
	"stop_asked" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "memory_revisions" ADD CONSTRAINT "memory_revisions_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_parent_messages_id_fk" FOREIGN KEY ("parent") REFERENCES "public"."messages"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "turn_events" ADD CONSTRAINT "turn_events_request_id_turns_request_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."turns"("request_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "turns" ADD CONSTRAINT "turns_session_id_sessions_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."sessions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "memory_revisions_seq" ON "memory_revisions" USING btree ("session_id","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "messages_seq" ON "messages" USING btree ("session_id","seq");--> statement-breakpoint
CREATE INDEX "messages_parent" ON "messages" USING btree ("parent");--> statement-breakpoint
CREATE INDEX "sessions_list" ON "sessions" USING btree ("owner","last_activity","id") WHERE "sessions"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX "sessions_trash" ON "sessions" USING btree ("deleted_at") WHERE "sessions"."deleted_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "turns_key" ON "turns" USING btree ("owner","idempotency_key");--> statement-breakpoint
CREATE INDEX "turns_session" ON "turns" USING btree ("session_id","state");--> statement-breakpoint
CREATE INDEX "turns_running" ON "turns" USING btree ("heartbeat") WHERE "turns"."state" = 'running';--> statement-breakpoint
CREATE INDEX "turns_created" ON "turns" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "turns_ended" ON "turns" USING btree ("ended_at");