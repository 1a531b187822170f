-- Tokens only, made by lib/search/tokens.ts: the texts stay where they are. Without statistics, so that the planner
-- takes the index for a token of any frequency.
CREATE TABLE "search_index" (
  "rowid" bigint PRIMARY KEY REFERENCES "search_docs"("id") ON DELETE CASCADE,
  "tokens" tsvector NOT NULL
);
--> statement-breakpoint
ALTER TABLE "search_index" ALTER COLUMN "tokens" SET STATISTICS 0;
--> statement-breakpoint
CREATE INDEX "search_index_tokens" ON "search_index" USING gin ("tokens") WITH (gin_pending_list_limit = 512);
--> statement-breakpoint
CREATE FUNCTION search_wait(kind text, id text) RETURNS void LANGUAGE sql AS $$
  INSERT INTO search_pending (kind, id) VALUES (kind, id) ON CONFLICT DO NOTHING
$$;
--> statement-breakpoint
CREATE FUNCTION search_message_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM search_wait('message', new.id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION search_session_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM search_wait('session', new.id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION search_owner_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM search_wait('session', new.id);
  INSERT INTO search_pending (kind, id) SELECT 'message', messages.id FROM messages WHERE session_id = new.id
    ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION search_session_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM search_docs WHERE session_id = old.id AND message_id IS NULL;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER search_message_written AFTER INSERT ON "messages" FOR EACH ROW
  WHEN (new.content <> '') EXECUTE FUNCTION search_message_written();
--> statement-breakpoint
CREATE TRIGGER search_message_changed AFTER UPDATE OF content ON "messages" FOR EACH ROW
  WHEN (new.content IS DISTINCT FROM old.content) EXECUTE FUNCTION search_message_written();
--> statement-breakpoint
CREATE TRIGGER search_session_written AFTER INSERT ON "sessions" FOR EACH ROW
  WHEN (new.title IS NOT NULL OR new.memory IS NOT NULL) EXECUTE FUNCTION search_session_written();
--> statement-breakpoint
CREATE TRIGGER search_session_changed AFTER UPDATE OF title, memory ON "sessions" FOR EACH ROW
  WHEN (new.title IS DISTINCT FROM old.title OR new.memory IS DISTINCT FROM old.memory)
  EXECUTE FUNCTION search_session_written();
--> statement-breakpoint
CREATE TRIGGER search_owner_changed AFTER UPDATE OF owner ON "sessions" FOR EACH ROW
  WHEN (new.owner <> old.owner) EXECUTE FUNCTION search_owner_changed();
--> statement-breakpoint
CREATE TRIGGER search_session_deleted AFTER DELETE ON "sessions" FOR EACH ROW
  EXECUTE FUNCTION search_session_deleted();
--> statement-breakpoint
INSERT INTO "search_pending" (kind, id) SELECT 'message', id FROM "messages" WHERE content <> '';
--> statement-breakpoint
INSERT INTO "search_pending" (kind, id)
  SELECT 'session', id FROM "sessions" WHERE title IS NOT NULL OR memory IS NOT NULL;
