CREATE TABLE `usage` (
	`day` text NOT NULL,
	`owner` text NOT NULL,
	`model` text NOT NULL,
	`key_id` text NOT NULL,
	`turns` integer DEFAULT 0 NOT NULL,
	`failed` integer DEFAULT 0 NOT NULL,
	`input` integer DEFAULT 0 NOT NULL,
	`output` integer DEFAULT 0 NOT NULL,
	`micros` integer DEFAULT 0 NOT NULL,
	`unpriced` integer DEFAULT 0 NOT NULL,
	`first_ms` integer DEFAULT 0 NOT NULL,
	`firsts` integer DEFAULT 0 NOT NULL,
	`total_ms` integer DEFAULT 0 NOT NULL,
	`totals` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`owner`, `day`, `model`, `key_id`)
);
--> statement-breakpoint
CREATE INDEX `usage_day` ON `usage` (`day`);--> statement-breakpoint
ALTER TABLE `daily_use` ADD `micros` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `turns` ADD `key_id` text;--> statement-breakpoint
ALTER TABLE `turns` ADD `reserved_input` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `turns` ADD `reserved_output` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `turns` ADD `input_price` integer;--> statement-breakpoint
ALTER TABLE `turns` ADD `output_price` integer;