import type { Refusal } from './refusal';
import type { Takes } from './takes';

/** What to ask without after a refusal. `sure`: the model does not take it; else it is tried this time. */
export interface Lesson {
  readonly change: Partial<Takes>;
  readonly sure: boolean;
}

/** What a refusal teaches of a request made so; null when asking in another way is of no use. One thing at a time. */
export const lessonOf = (takes: Takes, refusal: Refusal, limited: boolean): Lesson | null =>
  sureLesson(takes, refusal) ??
  (limited ? lessonOfLimit(takes, refusal) : null) ??
  lessonOfSilence(takes, refusal);

const asksForUsage = ({ stream, usage }: Takes) => stream && usage;

function sureLesson(takes: Takes, refusal: Refusal): Lesson | null {
  if (takes.system && isAboutSystem(refusal)) return { change: { system: false }, sure: true };
  if (takes.stream && isAboutStream(refusal)) return { change: { stream: false }, sure: true };
  const isAboutUsage = names(refusal, 'stream_options', 'include_usage');
  return asksForUsage(takes) && isAboutUsage ? { change: { usage: false }, sure: true } : null;
}

function lessonOfLimit({ limit }: Takes, refusal: Refusal): Lesson | null {
  if (limit === null || !names(refusal, 'max_tokens', 'max_completion_tokens')) return null;
  if (isLimitTooLarge(refusal)) return { change: { limit: null }, sure: !isAboutPrompt(refusal) };
  return { change: { limit: nextLimit(limit) }, sure: !isAboutPrompt(refusal) };
}

/** Some servers say nothing but that the request is bad. */
const lessonOfSilence = (takes: Takes, refusal: Refusal): Lesson | null =>
  asksForUsage(takes) && refusal.status !== 500 && saysNothing(refusal)
    ? { change: { usage: false }, sure: false }
    : null;

/** The prompt has room, but not the longest reply besides. */
export const isLimitTooLarge = ({ words }: Refusal) =>
  /max_(completion_)?tokens\W{0,3} (is )?too large/.test(words);

const nextLimit = (limit: Takes['limit']) =>
  limit === 'max_tokens' ? 'max_completion_tokens' : null;

const names = ({ field, words }: Refusal, ...fields: string[]) =>
  fields.some((name) => field.startsWith(name) || words.includes(name));

/** In the words of OpenAI, of templates in vLLM, llama.cpp and LM Studio, and of Google. */
const SYSTEM = new RegExp(
  [
    'system[ _-](role|message|prompt|instruction)',
    'developer instruction',
    'role.{0,20}system',
    'system\\W{0,4}is not one of',
    'messages\\W{0,4}0\\W{0,4}role',
    '(in)?valid role',
    'only user(,| and)',
    'must alternate',
  ].join('|'),
);

const isAboutSystem = ({ field, words }: Refusal) =>
  /^messages\b.*\brole$/.test(field) || SYSTEM.test(words);

const isAboutStream = ({ field, words }: Refusal) =>
  field === 'stream' ||
  /verified to stream|does not support stream|stream(ing)?\W{0,3}is not supp/.test(words);

/** How much room is left for a reply depends on the prompt. */
const isAboutPrompt = ({ words }: Refusal) => /context|prompt|input/.test(words);

/** Words of which any says that it is something else that is wrong. */
const SOMETHING_ELSE =
  /context|too (long|large|many)|token|model|key|quota|billing|credit|content|polic|safety|message|image/;

/** True when nothing in it says what is wrong. */
export const saysNothing = ({ field, code, words }: Refusal) =>
  field === '' && code === '' && !SOMETHING_ELSE.test(withoutNames(words));

/** The names of the fields of an error are not what it says. */
const withoutNames = (words: string) => words.replaceAll(/"(message|code|type|param)":/g, '');
