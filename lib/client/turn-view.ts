import type { TurnEnd, TurnEvent } from '@/lib/chat/events';

/** What is known of a turn after some of its events. */
export interface TurnView {
  readonly requestId: string | null;
  readonly text: string;
  readonly end: TurnEnd | null;
}

export const emptyTurn: TurnView = { requestId: null, text: '', end: null };

/** Adds one event. What comes after the end changes nothing. */
export function reduceTurn(view: TurnView, event: TurnEvent): TurnView {
  if (view.end) return view;
  switch (event.type) {
    case 'turn-start':
      return { ...view, requestId: event.requestId };
    case 'text-delta':
      return { ...view, text: view.text + event.text };
    case 'turn-end':
      return { ...view, end: event.end };
  }
}
