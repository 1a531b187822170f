/** Every event: `<noun>.<verb>`, a failure `<noun>.<verb>_failed`. docs/operations.md explains each. */
export const LOG_EVENTS = [
  'accounts.poll_failed',
  'accounts.provider_failed',
  'accounts.use_failed',
  'bound.reached',
  'breaker.closed',
  'breaker.opened',
  'changes.poll_failed',
  'connection.check_failed',
  'http.access',
  'http.handle_failed',
  'key.use_failed',
  'lease.renew_failed',
  'models.list_failed',
  'page.render_failed',
  'proxy.distrusted',
  'proxy.overcounted',
  'proxy.user_ignored',
  'ratelimit.count_failed',
  'redis.connect_failed',
  'search.index_failed',
  'session.memory.update_failed',
  'session.memory.updated',
  'session.title.made',
  'session.title.make_failed',
  'settings.poll_failed',
  'store.disconnected',
  'store.newer_version_found',
  'store.prune_failed',
  'turn.ended',
  'turn.flush_failed',
  'turn.lost',
  'turn.notify_failed',
  'turn.poll_failed',
  'turn.publish_failed',
  'turn.recover_failed',
  'turn.recovered',
  'turn.run_failed',
  'turn.save_failed',
  'turn.started',
  'upstream.asked',
  'upstream.retried',
  'upstream.version_found',
  'usage.write_failed',
  'visit.write_failed',
] as const;
export type LogEvent = (typeof LOG_EVENTS)[number];

/**
 * Structured log: fields only, no sentences. `event` names what happened. Never pass a message's text, a title or a
 * secret.
 */
export interface Log {
  debug(fields: LogFields): void;
  info(fields: LogFields): void;
  warn(fields: LogFields): void;
  error(fields: LogFields): void;
}

export interface LogFields {
  readonly event: LogEvent;
  readonly request_id?: string | undefined;
  readonly [field: string]: unknown;
}
