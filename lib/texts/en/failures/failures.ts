import type { SomeSentences } from '../../parts/sentences';
import { deletion } from '../sessions/deletion';

/**
 * The failures that a browser says itself: those that it finds, and those for which the API has words for programs. All
 * others come with their sentence (`allFailures`), so that no page loads them.
 */
export const failures = {
  invalid: {
    request: 'The server could not read this request. Reload the page and try again.',
    body: 'The server could not read this request. Reload the page and try again.',
    'chat-body': 'The server could not read this message. Reload the page and send it again.',
    fields: ({ mistake }) => (mistake ? `${mistake}.` : 'The server does not accept this.'),
    format: 'The server does not know this format. Choose JSON or Markdown.',
  },
  unauthenticated: {
    'unknown-key': 'The server does not know this API key.',
    stranger: 'The server no longer recognises this browser. Reload the page.',
    'sign-in': 'You are signed out. Sign in again to continue.',
  },
  forbidden: {
    'cross-site': 'The server refused this request. Reload the page and try again.',
    unsigned: 'The server refused this request. Reload the page and try again.',
  },
  'not-found': {
    address: 'This page does not exist.',
    session: 'This chat no longer exists.',
    trash: deletion.cannotRestore,
    turn: 'This reply is no longer on the server.',
    key: 'This API key no longer exists.',
  },
  'method-not-allowed': 'This address does not support this action.',
  'too-large': {
    message: 'This message is too long. Shorten it and send it again.',
    reply: 'This reply is too long.',
  },
  'key-reused':
    'This message was already sent with different text. Copy it and send it as a new message.',
  'rate-limited': {
    CHAT_RATE_LIMIT: 'You have sent too many messages. Wait a moment, then try again.',
    API_RATE_LIMIT: 'Too many requests. Wait a moment, then try again.',
    PAGE_RATE_LIMIT: 'You have opened too many pages. Wait a moment, then try again.',
    SIGN_IN_RATE_LIMIT: 'Too many attempts to sign in. Wait a few minutes, then try again.',
  },
  interrupted: 'The reply was cut off. The text so far is kept.',
  'cut-short': {
    length: 'The model ended its reply at its length limit. The text so far is kept.',
    limit: 'The reply reached the length limit of this server. The text so far is kept.',
    filter:
      'The content filter of the model’s server blocked the rest of this reply. The text so far is kept.',
    'tool-calls':
      'The model tried to call a tool, and this app has none to offer. The text so far is kept.',
    thoughts:
      'The model used up its length limit on thinking, before its answer. Continue asks it again, or raise CHAT_REPLY_MAX_TOKENS.',
    'no-answer': 'The model finished reasoning without an answer. Continue asks it again.',
  },
  unavailable: {
    model: 'The model is not available right now. Try again in a moment.',
    store: 'The server cannot do this right now. Try again in a moment.',
    ending: 'The server is restarting. Try again in a moment.',
    busy: 'Many people are signing in right now. Try again in a moment.',
  },
  internal: 'Something went wrong on the server. Try again.',
  unreachable: 'The server could not be reached. Check your connection.',
  'not-sent': 'This message was not sent.',
  'page-fault': 'Something went wrong on this page. Try again, or reload it.',
  'page-not-drawn': 'Something went wrong. Your messages and drafts are safe. Reload the page.',
  'passkey-unused':
    'No passkey was used. Try again, or sign in another way: this browser may have none for this server.',
  'passkey-here': 'This device already has a passkey for your account.',
  'reply-empty': 'The reply is empty. Try again.',
  'reply-never-began': 'The reply was stopped or cut off before it began.',
  'reply-stopped': 'Stopped',
  'reply-stopped-early': 'Stopped before the reply began',
} satisfies SomeSentences;
