DROP INDEX `messages_parent`;--> statement-breakpoint
CREATE INDEX `messages_roots` ON `messages` (`session_id`,`seq`) WHERE "messages"."parent" is null;--> statement-breakpoint
CREATE INDEX `messages_parent` ON `messages` (`parent`,`seq`);--> statement-breakpoint
ALTER TABLE `turns` ADD `parent` text;--> statement-breakpoint
ALTER TABLE `turns` ADD `head_before` text;