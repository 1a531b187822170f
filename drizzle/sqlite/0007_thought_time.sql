ALTER TABLE `messages` ADD `thought_ms` integer;--> statement-breakpoint
UPDATE `messages` SET `thought_ms` = `turns`.`thought_ms` FROM `turns` WHERE `turns`.`request_id` = `messages`.`turn` AND `messages`.`role` = 'assistant' AND `turns`.`thought_ms` IS NOT NULL;
