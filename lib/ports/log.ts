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
  readonly event: string;
  readonly request_id?: string | undefined;
  readonly [field: string]: unknown;
}
