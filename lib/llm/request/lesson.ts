import type { Parameters } from '@/lib/ports/model';
import type { Refusal } from './refusal';
import type { Capabilities, SentOptions } from './capabilities';

/** What to leave out after a refusal. `sure`: the model does not support it; else only for this attempt. */
export interface Lesson {
  readonly change: Partial<Capabilities>;
  readonly sure: boolean;
}

/** What to change after a refusal, one thing at a time; null when another form of the request would not help. */
export const lessonOf = (
  capabilities: Capabilities,
  refusal: Refusal,
  { maxTokens, temperature, parameters = {} }: SentOptions,
): Lesson | null =>
  sureLesson(capabilities, refusal) ??
  (temperature === undefined ? null : lessonOfTemperature(capabilities, refusal)) ??
  lessonOfParameters(capabilities, refusal, parameters) ??
  (maxTokens !== undefined ? lessonOfLimit(capabilities, refusal) : null) ??
  lessonOfSilence(capabilities, refusal);

const requestsUsage = ({ stream, usage }: Capabilities) => stream && usage;

function sureLesson(capabilities: Capabilities, refusal: Refusal): Lesson | null {
  if (capabilities.system && isAboutSystem(refusal))
    return { change: { system: false }, sure: true };
  if (capabilities.stream && isAboutStream(refusal))
    return { change: { stream: false }, sure: true };
  const isAboutUsage = names(refusal, 'stream_options', 'include_usage');
  return requestsUsage(capabilities) && isAboutUsage
    ? { change: { usage: false }, sure: true }
    : null;
}

/** Some models accept their own temperature only, others a smaller range. */
function lessonOfTemperature({ temperature }: Capabilities, refusal: Refusal): Lesson | null {
  if (!temperature || !names(refusal, 'temperature')) return null;
  return { change: { temperature: false }, sure: !isAboutRange(refusal) };
}

/** Optional: a request without these means the same. Any other parameter that is refused fails the request. */
const DISPENSABLE: ReadonlySet<string> = new Set([
  'top_p',
  'top_k',
  'min_p',
  'seed',
  'presence_penalty',
  'frequency_penalty',
  'repetition_penalty',
  'reasoning_effort',
  'verbosity',
  'parallel_tool_calls',
]);

function lessonOfParameters(
  { refused }: Capabilities,
  refusal: Refusal,
  parameters: Parameters,
): Lesson | null {
  const sent = Object.keys(parameters).filter((name) => !refused.includes(name));
  const name = sent.find((each) => DISPENSABLE.has(each) && names(refusal, each));
  if (name === undefined) return null;
  return { change: { refused: [...refused, name] }, sure: !isAboutRange(refusal) };
}

const isAboutRange = ({ message }: Refusal) =>
  /between|range|less than|greater than|at most|at least|maximum|minimum|exceed|[<>≤≥]/.test(
    message,
  );

function lessonOfLimit({ limit }: Capabilities, refusal: Refusal): Lesson | null {
  if (limit === null || !names(refusal, 'max_tokens', 'max_completion_tokens')) return null;
  if (isLimitTooLarge(refusal)) return { change: { limit: null }, sure: !isAboutPrompt(refusal) };
  return { change: { limit: nextLimit(limit) }, sure: !isAboutPrompt(refusal) };
}

/** Some servers only report a bad request. */
const lessonOfSilence = (capabilities: Capabilities, refusal: Refusal): Lesson | null =>
  requestsUsage(capabilities) && refusal.status !== 500 && hasNoReason(refusal)
    ? { change: { usage: false }, sure: false }
    : null;

/** The prompt has room, but not the longest reply besides. */
export const isLimitTooLarge = ({ message }: Refusal) =>
  /max_(completion_)?tokens\W{0,3} (is )?too large/.test(message);

const nextLimit = (limit: Capabilities['limit']) =>
  limit === 'max_tokens' ? 'max_completion_tokens' : null;

const names = ({ field, message }: Refusal, ...fields: string[]) =>
  fields.some((name) => field.startsWith(name) || message.includes(name));

/** Messages of OpenAI, of chat templates in vLLM, llama.cpp and LM Studio, and of Google. */
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

const isAboutSystem = ({ field, message }: Refusal) =>
  /^messages\b.*\brole$/.test(field) || SYSTEM.test(message);

const isAboutStream = ({ field, message }: Refusal) =>
  field === 'stream' ||
  /verified to stream|does not support stream|stream(ing)?\W{0,3}is not supp/.test(message);

/** The room left for a reply depends on this prompt, so it is no lasting lesson. */
const isAboutPrompt = ({ message }: Refusal) => /context|prompt|input/.test(message);

/** Words that indicate another cause. */
const SOMETHING_ELSE =
  /context|too (long|large|many)|token|model|key|quota|billing|credit|content|polic|safety|message|image/;

/** True when the refusal gives no reason. */
export const hasNoReason = ({ field, code, message }: Refusal) =>
  field === '' && code === '' && !SOMETHING_ELSE.test(withoutNames(message));

/** The error's field names are not part of its message. */
const withoutNames = (message: string) => message.replaceAll(/"(message|code|type|param)":/g, '');
