CREATE TABLE "instances" (
	"name" text PRIMARY KEY NOT NULL,
	"heartbeat" timestamp (3) with time zone NOT NULL
);
