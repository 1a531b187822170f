CREATE TABLE `daily_use` (
	`day` text PRIMARY KEY NOT NULL,
	`turns` integer DEFAULT 0 NOT NULL,
	`tokens` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE `owners` (
	`owner` text PRIMARY KEY NOT NULL,
	`sessions` integer DEFAULT 0 NOT NULL,
	`messages` integer DEFAULT 0 NOT NULL,
	`bytes` integer DEFAULT 0 NOT NULL,
	`seen_at` integer NOT NULL,
	`forget_before` integer
);
--> statement-breakpoint
CREATE INDEX `owners_seen` ON `owners` (`seen_at`);--> statement-breakpoint
CREATE INDEX `owners_empty` ON `owners` (`seen_at`) WHERE "owners"."sessions" = 0;--> statement-breakpoint
CREATE INDEX `owners_forgotten` ON `owners` (`forget_before`) WHERE "owners"."forget_before" is not null;--> statement-breakpoint
DROP INDEX `turns_running`;--> statement-breakpoint
ALTER TABLE `turns` ADD `watched_until` integer;--> statement-breakpoint
ALTER TABLE `turns` ADD `omitted` integer;--> statement-breakpoint
CREATE INDEX `turns_running` ON `turns` (`owner`) WHERE "turns"."state" = 'running';--> statement-breakpoint
ALTER TABLE `sessions` ADD `bytes` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE `sessions` SET `bytes` = (SELECT coalesce(sum(octet_length(`content`)), 0) FROM `messages` WHERE `session_id` = `sessions`.`id`) + (SELECT coalesce(sum(octet_length(`failed_text`)), 0) FROM `turns` WHERE `session_id` = `sessions`.`id`) + (SELECT coalesce(sum(octet_length(`text`)), 0) FROM `memory_revisions` WHERE `session_id` = `sessions`.`id`);--> statement-breakpoint
INSERT INTO `owners` (`owner`, `sessions`, `messages`, `bytes`, `seen_at`)
SELECT `owner`, count(*), coalesce(sum((SELECT count(*) FROM `messages` WHERE `session_id` = `sessions`.`id`)), 0), sum(`bytes`), max(`updated_at`) FROM `sessions` GROUP BY `owner`;
