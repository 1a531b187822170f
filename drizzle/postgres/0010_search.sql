CREATE TABLE "search_docs" (
	"id" bigint PRIMARY KEY NOT NULL,
	"owner" text NOT NULL,
	"kind" text NOT NULL,
	"session_id" text NOT NULL,
	"message_id" text,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_pending" (
	"kind" text NOT NULL,
	"id" text NOT NULL,
	CONSTRAINT "search_pending_kind_id_pk" PRIMARY KEY("kind","id")
);
--> statement-breakpoint
ALTER TABLE "search_docs" ADD CONSTRAINT "search_docs_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "search_docs_owner" ON "search_docs" USING btree ("owner","id");--> statement-breakpoint
CREATE UNIQUE INDEX "search_docs_message" ON "search_docs" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "search_docs_session" ON "search_docs" USING btree ("session_id") WHERE "search_docs"."message_id" is null;