import type { TextPiece } from '@/lib/chat/turn/text-log';

/** New text of a running turn. */
export interface LivePiece extends TextPiece {
  /** The turn has ended, and the store has its end. */
  readonly ended: boolean;
}

/** A quicker way than the store to other instances. It promises nothing: what it loses is read from the store. */
export interface LiveChannel {
  publish(topic: string, piece: LivePiece): void;
  /** Hands on what is published from now on; the answer ends it. */
  listen(topic: string, heard: (piece: LivePiece) => void): () => void;
}

/** The instance's name holds a random part, so that nobody can speak for a turn by choosing its request id. */
export const topicOf = (instance: string, requestId: string): string => `${instance}/${requestId}`;
