import { grouped } from '../parts/numbers';
import type { FailureSentences, Values } from '../../parts/sentences';
import { unreadableFile } from '../sessions/imports';
import { failures } from './failures';

/** A model by its name, where it is known. */
const named = ({ model }: Values) => (model ? `“${model}”` : 'the model');

const limit = ({ limit: most }: Values) =>
  most === undefined ? 'as many as possible' : grouped(most);

/** Says what happened and what to do about it. The person who reads it often runs the program as well. */
export const allFailures = {
  ...failures,
  unauthenticated: {
    ...failures.unauthenticated,
    'no-proxy-user':
      'The proxy in front of this server did not say who you are. Use the address of the proxy that signs you in, or ask the operator.',
    'wrong-password': 'This name and password do not match. Check both and try again.',
    'sign-in-over':
      'This took too long, was started in another browser, or is already finished. Start again.',
    'provider-refused':
      'You are not signed in: the other service did not confirm who you are. Try again, or sign in another way.',
    passkey:
      'This passkey is not known here, or was removed. Use another one, or sign in another way.',
  },
  forbidden: {
    ...failures.forbidden,
    blocked: 'The operator of this server has blocked your address.',
    scope: ({ scope }) =>
      `The API key lacks the scope ${scope ?? 'that this needs'}. Make a key that has it.`,
    'no-price': (values) =>
      `The price of ${named(values)} is unknown, and your budget is in money. Choose another model, or ask the operator to add its price (CHAT_PRICES).`,
    'account-needed':
      'API keys need an account, because a visitor belongs to a single browser. The operator can set API_KEYS instead.',
    operator: 'Only an operator of this server may do this.',
    'first-account':
      'There is no account here yet. The operator creates the first one with the link that the server printed when it started.',
    'not-connected':
      'The account that you chose there is not connected to one here. Sign in to yours another way and connect it under “Your account”, or ask the operator for an invitation.',
    disabled: 'This account is disabled. Ask the operator of this server.',
    'sign-up-closed':
      'New accounts need an invitation. Ask the operator of this server for a link.',
  },
  'not-found': {
    ...failures['not-found'],
    message: 'This message is no longer in the chat. Reload the page.',
    revision: 'This change is no longer in the history.',
    prompt:
      'No prompt is recorded for this message. Your own messages, imported replies and older ones have none.',
    person: 'This account no longer exists.',
    'sign-in': 'This browser is already signed out.',
    link: 'This link was already used, or has expired. Ask for a new one.',
    provider: 'Your account is not connected there.',
    passkey: 'This passkey was already removed.',
  },
  conflict: {
    changed: 'This was changed somewhere else. Reload the page to see the current version.',
    'no-such-line': 'This line is no longer in the memory.',
    'not-undoable':
      'Later changes touched the same lines, so this one cannot be undone by itself. Edit the text instead.',
    'no-longer-kept':
      'The text before this change is no longer kept, so it cannot be undone. Edit the text instead.',
    'memory-full': 'The memory is too full to put these lines back. Forget others first.',
    'not-continuable': 'This reply can no longer be continued. Send a new message instead.',
    'not-regenerable': 'This reply answers no message, so it cannot be regenerated.',
    'too-many-keys': 'You have as many API keys as one person may have. Revoke one first.',
    'reply-full': 'This reply has reached its maximum length. Send a new message to continue.',
    'name-taken': 'There is an account with this name already. Sign in, or choose another name.',
    'last-operator': 'The server needs an operator. Make another person one first.',
    'last-way':
      'This is the only way to sign in to this account. Add another one first, such as a password.',
    connected:
      'Your account is already connected to another account there, or that account is connected to another one here. Disconnect it first.',
    'known-passkey': 'This passkey is already added.',
    'too-many-passkeys':
      'You have as many passkeys as one person may have. Remove one that you no longer use.',
  },
  'too-large': {
    ...failures['too-large'],
    body: ({ limit: kilobytes }) =>
      `This is too long. The server takes at most ${String(kilobytes ?? 0)} KB at a time.`,
    file: (values) =>
      `This file is larger than ${limit(values)} MB, the most that the server reads at once. Import it on the page, which reads it in the browser.`,
  },
  'unreadable-file': unreadableFile,
  unsupported: ({ encoding }) =>
    `The server does not read Content-Encoding ${encoding ?? 'as it was sent'}. Send the body without one.`,
  'over-quota': {
    OWNER_MAX_SESSIONS: (values) => overQuota(`${limit(values)} chats`, 'OWNER_MAX_SESSIONS'),
    OWNER_MAX_MESSAGES: (values) => overQuota(`${limit(values)} messages`, 'OWNER_MAX_MESSAGES'),
    OWNER_MAX_MEGABYTES: (values) => overQuota(`${limit(values)} megabytes`, 'OWNER_MAX_MEGABYTES'),
  },
  'over-budget': {
    TURNS_PER_OWNER: (values) =>
      `${limit(values)} of your replies are still being written, which is the limit (TURNS_PER_OWNER). Wait for one to finish or stop it, then try again.`,
    TURNS_MAX:
      'The server is writing as many replies as it can (TURNS_MAX). Try again in a few seconds.',
    CHAT_DAILY_LIMIT:
      'The server has used up its limit for today. Try again after midnight UTC, or ask the operator to raise CHAT_DAILY_LIMIT.',
    CHAT_BUDGET: (values) => overBudget('This server has', 'its', 'CHAT_BUDGET', values),
    CHAT_PERSON_BUDGET: (values) => overBudget('You have', 'your', 'CHAT_PERSON_BUDGET', values),
    CHAT_KEY_BUDGET: (values) => overBudget('This API key has', 'its', 'CHAT_KEY_BUDGET', values),
    STREAMS_PER_OWNER: tooManyStreams('You have', 'STREAMS_PER_OWNER'),
    STREAMS_PER_ADDRESS: tooManyStreams('Your address has', 'STREAMS_PER_ADDRESS'),
    STREAMS_MAX: tooManyStreams('This server has', 'STREAMS_MAX'),
    VISITOR_RATE_LIMIT:
      'Too many new visitors came from your network. Try again later, or use an API key.',
  },
  misdirected:
    'This server does not accept the host name in the address. Use another address, or ask the operator to add it to ALLOWED_HOSTS.',
  upstream: {
    unreachable: 'The model could not be reached. Try again in a moment.',
    timeout: 'The model took too long to answer. Try again in a moment.',
    loading: (values) => `The server is still loading ${named(values)}. Try again in a moment.`,
    away: (values) => `The server of ${named(values)} is unavailable. Try again in a moment.`,
    failing: 'The model’s server reported an error. Try again in a moment.',
    broken: 'The model sent an answer that could not be read. Try again.',
    refused: (values) =>
      `The server of ${named(values)} refused the request. The operator can find its status in the log.`,
    key: (values) =>
      `The server of ${named(values)} did not accept the API key. Check OPENAI_API_KEY.`,
    forbidden: (values) =>
      `The API key may not use ${named(values)}. Choose another model, or check what the key is allowed to do.`,
    'unknown-model': (values) =>
      `The server does not know ${named(values)}. Choose another model, or check CHAT_MODELS and OPENAI_BASE_URL.`,
    'not-chat': (values) =>
      `Its server says that ${named(values)} is not a model for chat. Choose another model, or take it out of CHAT_MODELS.`,
    credit: (values) =>
      `The account that pays for ${named(values)} has no credit left. Check its billing with the provider.`,
    'too-long': (values) =>
      `The conversation is longer than ${named(values)} can read. Start a new chat, send less, or choose a model with a larger context.`,
    limited: (values) =>
      `The server of ${named(values)} is busy, or its rate limit is reached. Try again in a moment.`,
    empty: 'The model returned an empty reply. Try again.',
    length:
      'The model used up its length limit before writing any text. Ask for less, or raise CHAT_REPLY_MAX_TOKENS or the limit of its server.',
    filter: 'The content filter of the model’s server blocked this reply. Rephrase your message.',
    'tool-calls':
      'The model tried to call a tool instead of answering, and this app has none to offer. Rephrase your message, or choose another model.',
  },
  unavailable: {
    ...failures.unavailable,
    provider:
      'The service that you sign in with cannot be reached, or does not accept this server. Try again in a moment; the operator finds the cause in the log.',
    access:
      'This server is not open yet, because its operator has not chosen who may use it. The operator chooses ACCESS=accounts for people who sign in, ACCESS=proxy for people whom a reverse proxy has authenticated, or ACCESS=open for everyone. After that the server must be deployed or started again.',
  },
} satisfies FailureSentences;

function overQuota(most: string, bound: string): string {
  return `You have reached the limit of ${most}. Delete chats, then empty “Recently deleted” to make room. The operator can raise ${bound}.`;
}

function overBudget(who: string, whose: string, bound: string, { window }: Values): string {
  if (window === 'replies')
    return `What is left of ${whose} budget (${bound}) is reserved for replies that are still being written. Wait for one to finish or stop it, then try again.`;
  const [period, renewed] =
    window === 'month'
      ? ['this month', 'on the first day of the next month (UTC)']
      : ['today', 'at midnight UTC'];
  return `${who} used up ${whose} budget for ${period}. It is renewed ${renewed}; the operator can raise ${bound}.`;
}

function tooManyStreams(who: string, bound: string): string {
  return `${who} too many streams open at a time (${bound}). Close some, such as other tabs, or try again in a moment.`;
}
