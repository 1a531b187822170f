import type { SaidError } from './error-body';

/** The cause of an error that came within an answer. `said` is only read to be recognised, never shown or logged. */
export class SaidInAnswer extends Error {
  readonly status: number;
  readonly said: SaidError;

  constructor(message: string, status: number, said: SaidError) {
    super(message);
    this.status = status;
    this.said = said;
  }
}
