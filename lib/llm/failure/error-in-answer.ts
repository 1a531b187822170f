import type { ErrorBody } from './error-body';

/** The cause of an error that came within an answer. `said` is only read to be recognised, never shown or logged. */
export class ErrorInAnswer extends Error {
  readonly status: number;
  readonly said: ErrorBody;

  constructor(message: string, status: number, body: ErrorBody) {
    super(message);
    this.status = status;
    this.said = body;
  }
}
