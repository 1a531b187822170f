ALTER TABLE `sessions` ADD `tags` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `sessions_activity` ON `sessions` (`owner`,`last_activity`,`id`) WHERE "sessions"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX `sessions_created` ON `sessions` (`owner`,`created_at`,`id`,`archived_at`) WHERE "sessions"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX `sessions_title` ON `sessions` (`owner`,lower(case when "title" is not null then "title" when "opening" is not null then "opening" else '' end),`id`,`archived_at`) WHERE "sessions"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX `sessions_tagged` ON `sessions` (`owner`,`tags`,`archived_at`) WHERE "sessions"."tags" <> '' and "sessions"."deleted_at" is null;