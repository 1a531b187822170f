DROP INDEX `sessions_list`;--> statement-breakpoint
ALTER TABLE `sessions` ADD `pinned_at` integer;--> statement-breakpoint
ALTER TABLE `sessions` ADD `archived_at` integer;--> statement-breakpoint
CREATE INDEX `sessions_pinned` ON `sessions` (`owner`,`pinned_at`,`id`) WHERE "sessions"."pinned_at" is not null;--> statement-breakpoint
CREATE INDEX `sessions_archived` ON `sessions` (`owner`,`archived_at`,`id`) WHERE "sessions"."archived_at" is not null;--> statement-breakpoint
CREATE INDEX `sessions_deleted` ON `sessions` (`owner`,`deleted_at`,`id`) WHERE "sessions"."deleted_at" is not null;--> statement-breakpoint
CREATE INDEX `sessions_list` ON `sessions` (`owner`,`last_activity`,`id`) WHERE "sessions"."deleted_at" is null and "sessions"."archived_at" is null;