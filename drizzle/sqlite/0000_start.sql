CREATE TABLE `memory_revisions` (
	`id` text PRIMARY KEY NOT NULL,
	`session_id` text NOT NULL,
	`seq` integer NOT NULL,
	`text` text,
	`author` text NOT NULL,
	`turn` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`session_id`) REFERENCES `sessions`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `memory_revisions_seq` ON `memory_revisions` (`session_id`,`seq`);--> statement-breakpoint
CREATE TABLE `messages` (
	`id` text PRIMARY KEY NOT NULL,
	`session_id` text NOT NULL,
	`seq` integer NOT NULL,
	`parent` text,
	`role` text NOT NULL,
	`content` text NOT NULL,
	`state` text DEFAULT 'complete' NOT NULL,
	`model` text,
	`tokens` integer,
	`turn` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`session_id`) REFERENCES `sessions`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`parent`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `messages_seq` ON `messages` (`session_id`,`seq`);--> statement-breakpoint
CREATE INDEX `messages_parent` ON `messages` (`parent`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`owner` text NOT NULL,
	`title` text,
	`opening` text,
	`memory` text,
	`memory_enabled` integer DEFAULT true NOT NULL,
	`system_prompt` text,
	`model` text,
	`head` text,
	`last_seq` integer DEFAULT 0 NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`last_activity` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`deleted_at` integer
);
--> statement-breakpoint
CREATE INDEX `sessions_list` ON `sessions` (`owner`,`last_activity`,`id`) WHERE "sessions"."deleted_at" is null;--> statement-breakpoint
CREATE INDEX `sessions_trash` ON `sessions` (`deleted_at`) WHERE "sessions"."deleted_at" is not null;--> statement-breakpoint
CREATE TABLE `turn_events` (
	`request_id` text NOT NULL,
	`offset` integer NOT NULL,
	`text` text NOT NULL,
	PRIMARY KEY(`request_id`, `offset`),
	FOREIGN KEY (`request_id`) REFERENCES `turns`(`request_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `turns` (
	`request_id` text PRIMARY KEY NOT NULL,
	`owner` text NOT NULL,
	`session_id` text,
	`idempotency_key` text,
	`body_hash` text,
	`state` text NOT NULL,
	`failure` text,
	`failed_text` text,
	`model` text NOT NULL,
	`user_message_id` text,
	`reply_id` text,
	`usage` text,
	`first_token_ms` integer,
	`instance` text NOT NULL,
	`heartbeat` integer NOT NULL,
	`stop_asked` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`session_id`) REFERENCES `sessions`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `turns_key` ON `turns` (`owner`,`idempotency_key`);--> statement-breakpoint
CREATE INDEX `turns_session` ON `turns` (`session_id`,`state`);--> statement-breakpoint
CREATE INDEX `turns_running` ON `turns` (`heartbeat`) WHERE "turns"."state" = 'running';--> statement-breakpoint
CREATE INDEX `turns_created` ON `turns` (`created_at`);--> statement-breakpoint
CREATE INDEX `turns_ended` ON `turns` (`ended_at`);