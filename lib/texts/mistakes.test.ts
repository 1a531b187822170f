import { expect, test } from 'vitest';
import type { z } from 'zod';
import { changePasswordInput, newLinkInput, signInInput, signUpInput } from '@/lib/accounts/person';
import { createKeyInput } from '@/lib/accounts/keys/key';
import { newPasskeyInput } from '@/lib/accounts/ways/passkey';
import { sendInput } from '@/lib/chat/turn/turn';
import { readFailure } from '@/lib/client/net/problem';
import { mistakesOf } from '@/lib/env';
import type { StoredSettings } from '@/lib/env/changeable';
import { failureOf, invalidFields, type Failure, type FieldMistake } from '@/lib/errors';
import { parseInput } from '@/lib/http/request/body';
import { errorResponseAt } from '@/lib/http/response/error-response';
import { searchQuery } from '@/lib/search/search';
import { editAboutInput } from '@/lib/sessions/about/about';
import { bulkInput } from '@/lib/sessions/bulk/input';
import { changeMemoryInput, editMemoryInput } from '@/lib/sessions/memory/memory';
import { changeSessionInput } from '@/lib/sessions/session';
import { settingsInput } from '@/lib/settings/input';
import { usageQuery } from '@/lib/usage/usage-query';
import { fields } from './api-fields';
import { failureSentence } from './failure-sentence';
import type { Language } from './languages';
import { mistakeSentence } from './parts/mistake-sentence';
import { translationOf } from './translations';

/** The failure of what a schema refuses. */
function refused(schema: z.ZodType, value: unknown): Failure & { details: FieldMistake[] } {
  try {
    parseInput(schema, value);
  } catch (thrown) {
    return failureOf(thrown) as Failure & { details: FieldMistake[] };
  }
  throw new Error(`${JSON.stringify(value).slice(0, 99)} is accepted`);
}

/** What a page in a language shows of an answer, and the answer. */
async function shownIn(language: Language, failure: Failure) {
  const translation = translationOf(language);
  const answer = errorResponseAt('/api/x', failure, { requestId: 'r1', translation });
  const body = (await answer.json()) as Record<string, unknown>;
  return { body, shown: failureSentence(translation.texts, readFailure(body, answer.status)) };
}

const now = new Date('2026-01-31T12:00:00Z');
const text = (length: number) => 'x'.repeat(length);
const key = createKeyInput(now);

const TYPED: Readonly<Record<string, readonly [z.ZodType, object]>> = {
  'an empty message': [sendInput, { message: ' ' }],
  'U+0000 in a message': [sendInput, { message: 'a\u0000' }],
  'a long temporary chat': [
    sendInput,
    { message: 'a', history: Array.from({ length: 101 }, () => ({ role: 'user', content: 'a' })) },
  ],
  'an empty title': [changeSessionInput, { title: ' ' }],
  'a long title': [changeSessionInput, { title: text(201) }],
  'a long tag': [changeSessionInput, { tags: [text(500)] }],
  'an empty tag': [changeSessionInput, { tags: [' '] }],
  'many tags': [changeSessionInput, { tags: Array.from({ length: 99 }, (_, nth) => String(nth)) }],
  'long instructions': [changeSessionInput, { system_prompt: text(16_001) }],
  'no model': [changeSessionInput, { model: '' }],
  'a high temperature': [changeSessionInput, { temperature: 3 }],
  'a low temperature': [changeSessionInput, { temperature: -1 }],
  'a temperature that is no number': [changeSessionInput, { temperature: 'a' }],
  'half a token': [changeSessionInput, { max_tokens: 0.5 }],
  'many tokens': [changeSessionInput, { max_tokens: 10_000_001 }],
  'many chats': [
    bulkInput,
    { action: 'delete', ids: Array.from({ length: 9999 }, (_, nth) => String(nth)) },
  ],
  'a long memory': [editMemoryInput(2000), { memory: text(2001) }],
  'an empty line of a memory': [changeMemoryInput, { pin: ' ' }],
  'a long text about me': [editAboutInput, { about: text(2001) }],
  'an empty search': [searchQuery, { q: ' ' }],
  'a long search': [searchQuery, { q: text(501) }],
  'a search before a time that is none': [searchQuery, { q: 'a', before: 'soon' }],
  'a range of usage the wrong way round': [usageQuery(now), { from: '2026-02-01' }],
  'a long range of usage': [usageQuery(now), { from: '2020-02-01' }],
  'a day that is none': [usageQuery(now), { from: '2026-02-31' }],
  'a key without a name': [key, { name: ' ', scopes: ['chat'] }],
  'a key with a long name': [key, { name: text(65), scopes: ['chat'] }],
  'a key that may do nothing': [key, { name: 'a', scopes: [] }],
  'a key that has ended': [key, { name: 'a', scopes: ['chat'], expires_at: '2026-01-01T00:00Z' }],
  'an account without a name': [signUpInput, { name: ' ', password: text(8) }],
  'an account with a long name': [signUpInput, { name: text(201), password: text(8) }],
  'a name that cannot be seen': [signUpInput, { name: 'a\u200b', password: text(8) }],
  'a short password': [changePasswordInput, { password: 'a', current: '' }],
  'a long password': [changePasswordInput, { password: text(1001), current: '' }],
  'the long name of a sign-in': [signInInput, { name: text(1001), password: '' }],
  'the long password of a sign-in': [signInInput, { name: 'a', password: text(1001) }],
  'a long note of an invitation': [newLinkInput, { kind: 'invitation', note: text(201) }],
  'a passkey without a name': [newPasskeyInput.pick({ name: true }), { name: ' ' }],
  'a passkey with a long name': [newPasskeyInput.pick({ name: true }), { name: text(65) }],
  'a long setting of the server': [settingsInput, { SIGN_UP: text(16_001) }],
};

const ENGLISH = /Englisch|\b(must|may|be|the|to|of)\b/i;

test.each(Object.entries(TYPED))(
  '%s is a mistake in the language of the page, and the same to programs',
  async (_, [schema, value]) => {
    const failure = refused(schema, value);
    const german = await shownIn('de', failure);
    expect(german.shown).toMatch(/^\p{Lu}.*\p{Ll}.*\.$/u);
    expect(german.shown).not.toMatch(ENGLISH);
    const english = await shownIn('en', failure);
    expect(english.shown).toBe(`${String(failure.details[0]?.msg)}.`);
    const { mistake: _mistake, ...same } = german.body;
    expect(english.body).toEqual(same);
    expect(english.body['details']).toEqual(failure.details);
  },
);

test('the values of a mistake are said, and one that no person makes is left in English', async () => {
  const german = async (msg: string) =>
    (await shownIn('de', invalidFields([{ loc: ['x'], msg, type: 'x' }]).failure)).shown;
  expect(await german(fields.longest(16_000))).toBe('Höchstens 16.000 Zeichen sind möglich.');
  expect(await german(fields.oneOf(['a', 'b.c'], 0))).toBe('Wähle davon: a, b.c.');
  expect(await german(fields.oneOf(['a', 'b'], 1200))).toBe(
    'Wähle davon: a, b oder ein anderes von 1.200 weiteren.',
  );
  expect(await german(fields.cursor)).toBe(
    'Der Server nimmt das nicht an (auf Englisch: Must be taken from the Link header of a page).',
  );
});

test.each<[string, object, StoredSettings]>([
  ['no models', {}, { CHAT_MODELS: ',' }],
  ['names of models', {}, { CHAT_MODEL_NAMES: 'a' }],
  ['a long name of a model', {}, { CHAT_MODEL_NAMES: `a=${text(61)}` }],
  ['long instructions', {}, { CHAT_SYSTEM_PROMPT: text(8001) }],
  ['an empty reply', {}, { CHAT_REPLY_MAX_TOKENS: '0' }],
  ['who may sign up', {}, { SIGN_UP: '???' }],
  ['a provider that is not set', {}, { SIGN_UP: 'provider' }],
  ['a rate limit', {}, { CHAT_RATE_LIMIT: 'often' }],
  ['the limit of a day', {}, { CHAT_DAILY_LIMIT: '1' }],
  ['a budget', {}, { CHAT_PERSON_BUDGET: 'little' }],
  ['half a turn', {}, { TURNS_PER_OWNER: '1.5' }],
  ['megabytes', {}, { OWNER_MAX_MEGABYTES: 'a' }],
  ['a default that is not offered', { CHAT_MODELS: 'a' }, { CHAT_DEFAULT_MODEL: 'b' }],
  ['models without the default', { CHAT_DEFAULT_MODEL: 'b' }, { CHAT_MODELS: 'a' }],
])('what is wrong with a setting is said in German too: %s', (_, environment, stored) => {
  const mistakes = mistakesOf({ ...environment }, stored);
  expect(mistakes).toHaveLength(1);
  const german = mistakes.map(([, msg]) => mistakeSentence(translationOf('de').mistakes, msg));
  expect(german).toEqual([expect.stringMatching(/^\p{Lu}.*[\p{Ll}\d]$/u)]);
  expect(german[0]).not.toMatch(ENGLISH);
});
