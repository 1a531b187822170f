CREATE TABLE `about_revisions` (
	`id` text PRIMARY KEY NOT NULL,
	`owner` text NOT NULL,
	`seq` integer NOT NULL,
	`text` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `about_revisions_seq` ON `about_revisions` (`owner`,`seq`);--> statement-breakpoint
ALTER TABLE `sessions` ADD `memory_pinned` text;