-- Tokens only, made by lib/search/tokens.ts: the texts stay where they are. Two and three letters after an owner's five have
-- indexes of their own.
CREATE VIRTUAL TABLE search_index USING fts5(
  tokens, content='', contentless_delete=1, detail=none, tokenize='ascii', prefix='7 8'
);
--> statement-breakpoint
CREATE TRIGGER search_doc_deleted AFTER DELETE ON search_docs BEGIN
  DELETE FROM search_index WHERE rowid = old.id;
END;
--> statement-breakpoint
CREATE TRIGGER search_message_written AFTER INSERT ON messages WHEN new.content <> '' BEGIN
  INSERT OR IGNORE INTO search_pending (kind, id) VALUES ('message', new.id);
END;
--> statement-breakpoint
CREATE TRIGGER search_message_changed AFTER UPDATE OF content ON messages
WHEN new.content IS NOT old.content BEGIN
  INSERT OR IGNORE INTO search_pending (kind, id) VALUES ('message', new.id);
END;
--> statement-breakpoint
CREATE TRIGGER search_session_written AFTER INSERT ON sessions
WHEN new.title IS NOT NULL OR new.memory IS NOT NULL BEGIN
  INSERT OR IGNORE INTO search_pending (kind, id) VALUES ('session', new.id);
END;
--> statement-breakpoint
CREATE TRIGGER search_session_changed AFTER UPDATE OF title, memory ON sessions
WHEN new.title IS NOT old.title OR new.memory IS NOT old.memory BEGIN
  INSERT OR IGNORE INTO search_pending (kind, id) VALUES ('session', new.id);
END;
--> statement-breakpoint
CREATE TRIGGER search_owner_changed AFTER UPDATE OF owner ON sessions
WHEN new.owner <> old.owner BEGIN
  INSERT OR IGNORE INTO search_pending (kind, id) VALUES ('session', new.id);
  INSERT OR IGNORE INTO search_pending (kind, id)
    SELECT 'message', id FROM messages WHERE session_id = new.id;
END;
--> statement-breakpoint
CREATE TRIGGER search_session_deleted AFTER DELETE ON sessions BEGIN
  DELETE FROM search_docs WHERE session_id = old.id AND message_id IS NULL;
END;
--> statement-breakpoint
INSERT INTO search_pending (kind, id) SELECT 'message', id FROM messages WHERE content <> '';
--> statement-breakpoint
INSERT INTO search_pending (kind, id)
  SELECT 'session', id FROM sessions WHERE title IS NOT NULL OR memory IS NOT NULL;
