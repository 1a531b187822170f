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
  if (isThought(fields)) return '';
  const spoken = typeof content === 'string' ? content : textOfParts(content);
  return typeof refusal === 'string' ? spoken + refusal : spoken;
}

/** Fields in which servers send text or reasoning. */
const CONTENT_FIELDS = [
  'content',
  'refusal',
  'reasoning_content',
  'reasoning',
  'reasoning_details',
];

/** Whether a choice has any text or reasoning, shown or not. */
export function hasContent({ delta, message, text }: Choice): boolean {
  const fields = delta ?? message;
  return fields ? CONTENT_FIELDS.some((field) => isFilled(fields[field])) : isFilled(text);
}

const isFilled = (value: unknown): boolean =>
  typeof value === 'string' || Array.isArray(value)
    ? value.length > 0
    : typeof value === 'object' && value !== null;

/** As Google marks what it also puts between tags. */
const isThought = ({ extra_content: extra }: MessageFields): boolean =>
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
  if (typeof part !== 'object' || part === null) return '';
  const { type, text, refusal } = part as { type?: unknown; text?: unknown; refusal?: unknown };
  if (type === 'refusal') return typeof refusal === 'string' ? refusal : '';
  const isText = type === 'text' || type === 'output_text' || type === undefined;
  return isText && typeof text === 'string' ? text : '';
}
