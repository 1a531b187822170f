import type { Message } from '@/lib/sessions/message';
import { presentMessage, presentSession, presentSettings } from '@/lib/sessions/present';
import type { Session } from '@/lib/sessions/session';
import type { PlacedMessage } from './branch-store';

/** A session with its settings, the end of its shown branch, and the version to send with a change of it. */
export const presentShown = (session: Session) => ({
  ...presentSession(session),
  ...presentSettings(session),
  head: session.head,
  version: session.version,
});

export const presentPlaced = ({ siblings, ...message }: PlacedMessage) => ({
  ...presentMessage(message),
  parent_id: message.parent,
  siblings,
});

export const presentInTree = (message: Message) => ({
  ...presentMessage(message),
  parent_id: message.parent,
});
