CREATE TABLE `instances` (
	`name` text PRIMARY KEY NOT NULL,
	`heartbeat` integer NOT NULL
);
