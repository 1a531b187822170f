CREATE TABLE `search_docs` (
	`id` integer PRIMARY KEY NOT NULL,
	`owner` text NOT NULL,
	`kind` text NOT NULL,
	`session_id` text NOT NULL,
	`message_id` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`message_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `search_docs_owner` ON `search_docs` (`owner`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `search_docs_message` ON `search_docs` (`message_id`);--> statement-breakpoint
CREATE INDEX `search_docs_session` ON `search_docs` (`session_id`) WHERE "search_docs"."message_id" is null;--> statement-breakpoint
CREATE TABLE `search_pending` (
	`kind` text NOT NULL,
	`id` text NOT NULL,
	PRIMARY KEY(`kind`, `id`)
);
