import { useObservable } from '@/lib/client/browser/observable';
import { type ClientState, useClientState } from '@/lib/client/page/client-state';
import {
  NO_TEMPORARY_CHAT,
  openTemporaryChat,
  type TemporaryChat,
  type TemporaryState,
} from './temporary-chat';

const chats = new WeakMap<ClientState, TemporaryChat>();

/** The temporary chat of this tab. Not in its state, which every page loads. */
export function useTemporaryChat(): { chat: TemporaryChat; state: TemporaryState } {
  const client = useClientState();
  const chat = chats.get(client) ?? openTemporaryChat();
  chats.set(client, chat);
  return { chat, state: useObservable(chat.state, NO_TEMPORARY_CHAT) };
}
