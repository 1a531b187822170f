/** Counts one request against one window. */
export interface Counter {
  limit(key: string): Promise<Count>;
}

export interface Count {
  readonly success: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** When the window ends, in milliseconds since 1970. */
  readonly reset: number;
}
