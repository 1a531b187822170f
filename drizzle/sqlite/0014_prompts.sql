CREATE TABLE `prompt_texts` (
	`session_id` text NOT NULL,
	`id` text NOT NULL,
	`kind` text NOT NULL,
	`text` text NOT NULL,
	PRIMARY KEY(`session_id`, `id`),
	FOREIGN KEY (`session_id`) REFERENCES `sessions`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `sessions` ADD `temperature` real;--> statement-breakpoint
ALTER TABLE `sessions` ADD `max_tokens` integer;--> statement-breakpoint
ALTER TABLE `turns` ADD `prompt` text;