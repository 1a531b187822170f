/** A choice of a chunk or a whole completion; any server may have sent it. */
export interface Choice {
  readonly delta?: MessageFields | null;
  readonly message?: MessageFields | null;
  /** The legacy completions API. */
  readonly text?: unknown;
  readonly finish_reason?: unknown;
  readonly error?: unknown;
}

interface MessageFields {
  readonly content?: unknown;
  readonly refusal?: unknown;
  readonly extra_content?: unknown;
  readonly [field: string]: unknown;
}

/** A choice's text for the user: content and refusal, without reasoning. */
export function textOf({ delta, message, text }: Choice): string {
  const fields = delta ?? message;
  if (!fields) return typeof text === 'string' ? text : '';
  const { content, refusal } = fields;
  if (isReasoning(fields)) return '';
  const written = isScalar(content) ? String(content) : textOfParts(content);
  return typeof refusal === 'string' ? written + refusal : written;
}

/** Servers that take a token for JSON send `4` where others send `"4"`. */
const isScalar = (content: unknown): content is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof content);

/** Where servers put reasoning. Some write the same into two of them: the first that is filled counts. */
const REASONED_IN = [
  'reasoning_content',
  'reasoning',
  'reasoning_details',
  'thinking',
  'thinking_blocks',
];

/** Fields in which servers send what a model generates. */
const CONTENT_FIELDS = ['content', 'refusal', ...REASONED_IN, 'tool_calls'];

/** Whether a choice has any text, reasoning or call, shown or not. */
export function hasContent({ delta, message, text }: Choice): boolean {
  const fields = delta ?? message;
  return fields ? CONTENT_FIELDS.some((field) => isFilled(fields[field])) : isFilled(text);
}

const isFilled = (value: unknown): boolean =>
  typeof value === 'string' || Array.isArray(value)
    ? value.length > 0
    : value !== undefined && value !== null;

/** A choice's reasoning; '' if none. */
export function reasoningOf({ delta, message }: Choice): string {
  const fields = delta ?? message;
  if (!fields) return '';
  for (const field of REASONED_IN) {
    const value = fields[field];
    const text = value === undefined || value === null ? '' : reasoningIn(value);
    if (text) return text;
  }
  const { content } = fields;
  if (isReasoning(fields)) return reasoningIn(content).replace(/<\/?thought>/g, '');
  if (typeof content !== 'object' || content === null) return '';
  const parts = Array.isArray(content) ? (content as unknown[]) : [content];
  return parts
    .filter(isReasoningPart)
    .map((part) => reasoningIn(part))
    .join('');
}

/** As Mistral, Anthropic and others mark a part of the content. */
const isReasoningPart = (part: unknown): boolean =>
  typeof part === 'object' &&
  part !== null &&
  (('type' in part && REASONING_TYPES.has(part.type)) ||
    ('thought' in part && part.thought === true));

const REASONING_TYPES: ReadonlySet<unknown> = new Set(['thinking', 'reasoning', 'thought']);

/** In which fields of an object its reasoning may be. What is encrypted is in none. */
const TEXT_IN = ['text', 'thinking', 'summary', 'content', 'reasoning'];
const DEPTH_MAX = 4;

function reasoningIn(value: unknown, depth = 0): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || depth === DEPTH_MAX) return '';
  if (Array.isArray(value))
    return (value as unknown[]).map((each) => reasoningIn(each, depth + 1)).join('');
  const fields = value as Readonly<Record<string, unknown>>;
  for (const name of TEXT_IN) {
    const text = reasoningIn(fields[name], depth + 1);
    if (text) return text;
  }
  return '';
}

/** As Google marks what it also puts between tags. */
const isReasoning = ({ extra_content: extra }: MessageFields): boolean =>
  typeof extra === 'object' &&
  extra !== null &&
  'google' in extra &&
  typeof extra.google === 'object' &&
  extra.google !== null &&
  'thought' in extra.google &&
  extra.google.thought === true;

function textOfParts(parts: unknown): string {
  if (!Array.isArray(parts)) return textOfPart(parts);
  let text = '';
  for (const part of parts as unknown[]) text += textOfPart(part);
  return text;
}

/** Ignores other types: reasoning, references, tool calls and files. */
function textOfPart(part: unknown): string {
  if (typeof part === 'string') return part;
  if (typeof part !== 'object' || part === null || isReasoningPart(part)) return '';
  const { type, text, refusal } = part as { type?: unknown; text?: unknown; refusal?: unknown };
  if (type === 'refusal') return typeof refusal === 'string' ? refusal : '';
  const isText = type === 'text' || type === 'output_text' || type === undefined;
  return isText && typeof text === 'string' ? text : '';
}
