import type { Entry } from './entry';

/** A call of a client's tool, as an entry of a reply holds it. */
export interface HeldCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** As the entry holds it. */
export const callText = ({ id, name, arguments: args }: HeldCall): string =>
  JSON.stringify({ id, name, arguments: args });

/** The call that an entry holds; null for other kinds. */
export const callIn = ({ kind, text }: Pick<Entry, 'kind' | 'text'>): HeldCall | null =>
  // Only `callText` writes these entries.
  kind === 'tool-call' ? (JSON.parse(text) as HeldCall) : null;

export const callsOf = (entries: readonly Entry[]): readonly HeldCall[] =>
  entries.map(callIn).filter((call) => call !== null);
