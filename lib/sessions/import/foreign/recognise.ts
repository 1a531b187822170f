import type { Conversation, Fields } from './conversation';
import { readAskFlask } from './ask-flask';
import { readChatGpt } from './chatgpt';
import { readClaude } from './claude';
import { readLibreChat } from './librechat';
import { readOpenWebUi } from './open-webui';

/** The most particular shape first. */
const READERS = [readChatGpt, readClaude, readLibreChat, readOpenWebUi, readAskFlask];

/** Reads a conversation by what it holds, whatever its file is called; null: it is none of these. */
export function recognise(value: Fields): Conversation | null {
  for (const read of READERS) {
    const conversation = read(value);
    if (conversation) return conversation;
  }
  return null;
}
