ALTER TABLE `messages` ADD `usage` text;--> statement-breakpoint
ALTER TABLE `messages` ADD `first_token_ms` integer;--> statement-breakpoint
ALTER TABLE `messages` ADD `total_ms` integer;--> statement-breakpoint
ALTER TABLE `sessions` ADD `tokens` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `sessions` ADD `context_tokens` integer;--> statement-breakpoint
UPDATE `sessions` SET `tokens` = coalesce((SELECT sum(json_extract(`usage`, '$.total_tokens')) FROM `turns` WHERE `session_id` = `sessions`.`id`), 0);
