import { grouped } from './numbers';
import type { FailureSentences, Values } from '../parts/sentences';
import { deletion } from './deletion';

/** A model by its name, where it is known. */
const named = ({ model }: Values) => (model ? `“${model}”` : 'the model');

const limit = ({ limit: most }: Values) =>
  most === undefined ? 'as many as possible' : grouped(most);

/** Says what happened and what to do about it. The person who reads it often runs the program as well. */
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
    stranger: 'The server does not know this browser any more. Reload the page.',
  },
  forbidden: {
    blocked: 'The operator of this server has blocked your address.',
    'cross-site': 'The server refused this request. Reload the page and try again.',
    unsigned: 'The server refused this request. Reload the page and try again.',
  },
  'not-found': {
    address: 'There is nothing at this address.',
    session: 'This session is not there any more.',
    trash: deletion.cannotRestore,
    turn: 'The server does not keep this reply any more.',
  },
  'method-not-allowed': 'The server does not do this at this address.',
  conflict: {
    changed: 'This was changed elsewhere in the meantime. Reload to see it.',
    'not-continuable': 'This reply cannot be continued any more.',
    'reply-full': 'This reply is as long as a reply may be.',
  },
  'too-large': {
    message: 'This message is too long. Shorten it and send it again.',
    reply: 'This reply is too long.',
    body: ({ limit: kilobytes }) =>
      `This is too long. The server takes at most ${String(kilobytes ?? 0)} KB at a time.`,
  },
  unsupported: ({ encoding }) =>
    `The server does not read Content-Encoding ${encoding ?? 'as it was sent'}. Send the body without one.`,
  'key-reused': 'This message was sent before with other words. Copy it and send it as a new one.',
  'rate-limited': {
    CHAT_RATE_LIMIT: 'You have sent many messages in a short time. Wait a moment.',
    API_RATE_LIMIT: 'You have asked for a lot in a short time. Wait a moment.',
    PAGE_RATE_LIMIT: 'You have opened many pages in a short time. Wait a moment.',
  },
  'over-quota': {
    OWNER_MAX_SESSIONS: (values) => overQuota(`${limit(values)} sessions`, 'OWNER_MAX_SESSIONS'),
    OWNER_MAX_MESSAGES: (values) => overQuota(`${limit(values)} messages`, 'OWNER_MAX_MESSAGES'),
    OWNER_MAX_MEGABYTES: (values) => overQuota(`${limit(values)} megabytes`, 'OWNER_MAX_MEGABYTES'),
  },
  'over-budget': {
    TURNS_PER_OWNER: (values) =>
      `${limit(values)} of your replies are being written, as many as may be at a time (TURNS_PER_OWNER). Try again in a few seconds.`,
    TURNS_MAX:
      'Too many replies are being written just now (TURNS_MAX). Try again in a few seconds.',
    CHAT_DAILY_LIMIT:
      'The daily limit of this server is used up. It begins anew at midnight UTC; the operator can raise CHAT_DAILY_LIMIT.',
    STREAMS_PER_OWNER: tooManyStreams('You have', 'STREAMS_PER_OWNER'),
    STREAMS_PER_ADDRESS: tooManyStreams('Your address has', 'STREAMS_PER_ADDRESS'),
    STREAMS_MAX: tooManyStreams('This server has', 'STREAMS_MAX'),
    VISITOR_RATE_LIMIT:
      'Too many new visitors came from your address. Try again later, or use an API key.',
  },
  misdirected:
    'The server does not go by the name in the address. Use another address, or ask the operator to add this name to ALLOWED_HOSTS.',
  upstream: {
    unreachable: 'The model could not be reached. Try again in a moment.',
    timeout: 'The model took too long to answer. Try again in a moment.',
    loading: (values) => `The server is still loading ${named(values)}. Try again in a moment.`,
    away: (values) => `The server of ${named(values)} is not there for now. Try again in a moment.`,
    failing: 'The model reported an error of its own. Try again in a moment.',
    broken: 'The model sent an answer that could not be read. Try again.',
    refused: (values) =>
      `The server of ${named(values)} refused the request. The operator can find its status in the log.`,
    key: (values) =>
      `The server of ${named(values)} did not accept the API key. Check OPENAI_API_KEY.`,
    forbidden: (values) =>
      `The API key may not use ${named(values)}. Choose another model, or check what the key is allowed to do.`,
    'unknown-model': (values) =>
      `The server does not know ${named(values)}. Choose another model, or check CHAT_MODELS and OPENAI_BASE_URL.`,
    credit: (values) =>
      `The account that pays for ${named(values)} has no credit left. Check its billing with the provider.`,
    'too-long': (values) =>
      `The conversation is longer than ${named(values)} can read. Start a new session, send less, or choose a model with a larger context.`,
    limited: (values) =>
      `The server of ${named(values)} is busy, or its rate limit is reached. Try again in a moment.`,
    empty: 'The model gave no answer. Try again.',
    length:
      'The model reached its length limit before its first word, so trying again gives the same. Raise CHAT_REPLY_MAX_TOKENS or the limit of its server, or ask for less.',
    filter: 'The model’s server held back the whole reply. Say it in other words.',
  },
  interrupted: 'The reply was cut off. What arrived is kept.',
  'cut-short': {
    length: 'The model ended its reply at its length limit. What arrived is kept.',
    limit: 'The reply reached the length limit of this server. What arrived is kept.',
    filter: 'The model’s server held back the rest of this reply. What arrived is kept.',
  },
  unavailable: {
    model: 'The model is not available at the moment. Try again shortly.',
    store: 'The server cannot do this at the moment. Try again shortly.',
    ending: 'The server is restarting. Try again shortly.',
  },
  internal: 'Something went wrong on the server. Try again.',
  unreachable: 'The server could not be reached. Check your connection.',
  'not-sent': 'This message was not sent.',
  'page-fault': 'Something went wrong on this page. Try again, or reload it.',
  'page-not-drawn': 'Something went wrong. Nothing that you wrote is lost.',
  'app-not-drawn': 'The server has a problem. Nothing that you wrote is lost.',
  'reply-empty': 'The reply is empty.',
  'reply-never-began': 'The reply was stopped or cut off before it began.',
  'reply-stopped': 'Stopped',
  'reply-stopped-early': 'Stopped before the reply began',
} satisfies FailureSentences;

function overQuota(most: string, bound: string): string {
  return `You keep ${most}, which is the limit. Delete sessions and empty the trash; the operator can raise ${bound}.`;
}

function tooManyStreams(who: string, bound: string): string {
  return `${who} too many streams open at a time (${bound}). Close some, such as other tabs, or try again in a moment.`;
}
