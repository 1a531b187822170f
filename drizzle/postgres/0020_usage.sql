CREATE TABLE "usage" (
	"day" text NOT NULL,
	"owner" text NOT NULL,
	"model" text NOT NULL,
	"key_id" text NOT NULL,
	"turns" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"input" bigint DEFAULT 0 NOT NULL,
	"output" bigint DEFAULT 0 NOT NULL,
	"micros" bigint DEFAULT 0 NOT NULL,
	"unpriced" integer DEFAULT 0 NOT NULL,
	"first_ms" bigint DEFAULT 0 NOT NULL,
	"firsts" integer DEFAULT 0 NOT NULL,
	"total_ms" bigint DEFAULT 0 NOT NULL,
	"totals" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "usage_owner_day_model_key_id_pk" PRIMARY KEY("owner","day","model","key_id")
);
--> statement-breakpoint
ALTER TABLE "daily_use" ADD COLUMN "micros" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "turns" ADD COLUMN "key_id" text;--> statement-breakpoint
ALTER TABLE "turns" ADD COLUMN "reserved_input" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "turns" ADD COLUMN "reserved_output" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "turns" ADD COLUMN "input_price" bigint;--> statement-breakpoint
ALTER TABLE "turns" ADD COLUMN "output_price" bigint;--> statement-breakpoint
CREATE INDEX "usage_day" ON "usage" USING btree ("day");