import type { ErrorBody } from './error-body';

/** The cause of an error within a response. `body` is only matched, never shown or logged. */
export class ErrorInAnswer extends Error {
  readonly status: number;
  readonly body: ErrorBody;

  constructor(message: string, status: number, body: ErrorBody) {
    super(message);
    this.status = status;
    this.body = body;
  }
}
