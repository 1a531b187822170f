ALTER TABLE `messages` ADD `parts` text;--> statement-breakpoint
ALTER TABLE `messages` ADD `finish` text;--> statement-breakpoint
ALTER TABLE `turn_events` ADD `kind` text DEFAULT 'text' NOT NULL;--> statement-breakpoint
ALTER TABLE `turns` ADD `thought_ms` integer;