/** Every event: `<noun>.<verb>`, a failure `<noun>.<verb>_failed`. docs/operations.md explains each. */
export const LOG_EVENTS = [
  'accounts.poll_failed',
  'accounts.provider_failed',
  'accounts.use_failed',
  'bound.reached',
  'breaker.opened',
  'changes.poll_failed',
  'http.access',
  'http.handle_failed',
  'key.use_failed',
  'models.list_failed',
  'page.render_failed',
  'proxy.distrusted',
  'proxy.overcounted',
  'proxy.user_ignored',
  'ratelimit.count_failed',
  'redis.connection_failed',
  'search.index_failed',
  'session.memory.update_failed',
  'session.memory.updated',
  'session.title.make_failed',
  'session.title.made',
  'store.disconnected',
  'store.newer_version_found',
  'store.prune_failed',
  'store.spend_failed',
  'store.visit_failed',
  'turn.ended',
  'turn.flush_failed',
  'turn.keep_watched_failed',
  'turn.lost',
  'turn.notify_failed',
  'turn.poll_failed',
  'turn.publish_failed',
  'turn.recovered',
  'turn.recovery_failed',
  'turn.run_failed',
  'turn.save_failed',
  'turn.started',
  'upstream.retried',
  'upstream.version_found',
] as const;
export type LogEvent = (typeof LOG_EVENTS)[number];

/**
 * Structured log: fields only, no sentences. `event` names what happened. Never pass a message's text, a title or a
 * secret.
 */
export interface Log {
  info(fields: LogFields): void;
  warn(fields: LogFields): void;
  error(fields: LogFields): void;
}

export interface LogFields {
  readonly event: LogEvent;
  readonly request_id?: string | undefined;
  readonly [field: string]: unknown;
}
