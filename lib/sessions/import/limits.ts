const MB = 1_000_000;

export interface Limits {
  /** Files in a zip. */
  readonly entries: number;
  /** Bytes of JSON, unpacked. */
  readonly unpacked: number;
  /** Unpacked size over packed size; conversations reach about twenty. */
  readonly ratio: number;
  /** Bytes that may be unpacked before the ratio counts. */
  readonly ratioFrom: number;
  /** Brackets inside each other. LibreChat nests each reply in its question, so a long conversation has thousands. */
  readonly depth: number;
  /** Bytes of one conversation. */
  readonly conversation: number;
  /** Values of one conversation: a small value takes far more memory than its byte or two in the file. */
  readonly values: number;
}

/**
 * What a file may have, wherever it is read. A conversation is in memory as a whole, so its size is what bounds the
 * memory; the others bound the time.
 */
export const LIMITS: Limits = {
  entries: 50_000,
  unpacked: 2000 * MB,
  ratio: 200,
  ratioFrom: 10 * MB,
  depth: 10_000,
  conversation: 32 * MB,
  values: 1_000_000,
};
