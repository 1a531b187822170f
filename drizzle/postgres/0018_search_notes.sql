-- A note that is there already is locked, too: or a transaction that indexes the text as it was before this change could
-- take the note, and nothing would index the text as it is after it.
CREATE OR REPLACE FUNCTION search_wait(kind text, id text) RETURNS void LANGUAGE sql AS $$
  INSERT INTO search_pending (kind, id) VALUES ($1, $2)
    ON CONFLICT ON CONSTRAINT search_pending_kind_id_pk DO UPDATE SET kind = excluded.kind
$$;
--> statement-breakpoint
-- In the order in which the index takes them, against deadlocks.
CREATE OR REPLACE FUNCTION search_owner_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_pending (kind, id)
    SELECT 'message', messages.id FROM messages WHERE session_id = new.id ORDER BY messages.id
    ON CONFLICT ON CONSTRAINT search_pending_kind_id_pk DO UPDATE SET kind = excluded.kind;
  PERFORM search_wait('session', new.id);
  RETURN NULL;
END $$;
