import type { Batch } from '@/lib/reply/log';

/** New entries of a running turn. */
export interface LivePiece extends Batch {
  /** The turn has ended, and its end is stored. */
  readonly ended: boolean;
}

/** Best-effort pub/sub between instances, faster than the store. Lost pieces are read from the store. */
export interface LiveChannel {
  publish(topic: string, piece: LivePiece): void;
  /** Those of these topics that somebody listens to. Rejects when that cannot be known. */
  listened(topics: readonly string[]): Promise<ReadonlySet<string>>;
  /** Subscribes to pieces published from now on. Returns an unsubscribe function. */
  listen(topic: string, handler: (piece: LivePiece) => void): () => void;
}

/** The instance's name has a random part, so that a client cannot publish for a turn by choosing its request id. */
export const topicOf = (instance: string, requestId: string): string => `${instance}/${requestId}`;
