// Pure: store, clock and ids are passed in.
import { z } from 'zod';
import { plainId } from './id';
import { codePoints } from './message-length';
import { plainText, trimmedText } from './text';
import { TAG_MAX, TAGS_MAX, tidyTag, withoutDoubles } from './tags/tags';
import { TITLE_MAX } from './title';
import { fields } from '@/lib/texts/api-fields';

/** A conversation. `title` is null until the user sets one. */
export interface Session {
  readonly id: string;
  readonly owner: string;
  readonly title: string | null;
  /** The beginning of the first message, used when there is no title. */
  readonly opening: string | null;
  readonly memory: string | null;
  /** Its pinned lines, as `pinnedText` writes them. */
  readonly memoryPinned: string | null;
  readonly memoryEnabled: boolean;
  /** The `lastSeq` when the memory was forgotten last: nothing up to there goes into it any more. */
  readonly forgottenSeq: number;
  readonly systemPrompt: string | null;
  readonly model: string | null;
  /** What it asks of its model; null: the deployment's default. */
  readonly temperature: number | null;
  readonly maxTokens: number | null;
  /** The last message of the shown branch. */
  readonly head: string | null;
  /** The highest `seq` of its messages. */
  readonly lastSeq: number;
  /** Total UTF-8 bytes of its messages, the user text of failed turns, and its memories. */
  readonly bytes: number;
  /** Total tokens of its turns, prompts included, as far as the upstream counted them. */
  readonly tokens: number;
  /** The tokens of the last counted prompt and its reply; null when none was counted. */
  readonly contextTokens: number | null;
  /** Raised by each write. */
  readonly version: number;
  readonly lastActivity: Date;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly pinnedAt: Date | null;
  /** A new message brings the session back into the list. */
  readonly archivedAt: Date | null;
  readonly deletedAt: Date | null;
  readonly tags: readonly string[];
}

/** A row of a list. */
export type SessionSummary = Pick<
  Session,
  | 'id'
  | 'title'
  | 'opening'
  | 'createdAt'
  | 'lastActivity'
  | 'pinnedAt'
  | 'archivedAt'
  | 'deletedAt'
  | 'tags'
>;

/**
 * The lists of an owner's sessions. `current`: by last activity, pinned ones among them; `pinned`, `archived` and
 * `deleted` (the trash): by when that was done.
 */
export type ListName = 'current' | 'pinned' | 'archived' | 'deleted';

/** `updated`: last activity first; `created`: newest first; `title`: alphabetical, upper and lower case alike. */
export const SORTS = ['updated', 'created', 'title'] as const;
export type Sort = (typeof SORTS)[number];

/** How many characters of the first message are kept to name a session. */
export const OPENING_MAX = 80;

/** The first characters of a message, line breaks included. */
export const openingOf = (text: string): string =>
  Array.from(text.trim().slice(0, OPENING_MAX * 2))
    .slice(0, OPENING_MAX)
    .join('');

/** The version that a change was made on; a stale one is refused. */
export const version = z.int(fields.whole).optional();

/**
 * The expected current value; null: none. A different value is a conflict. Unlike `version`, other changes of the
 * session do not matter.
 */
export const seen = z.string(fields.stringOrNull).nullable().optional();

const tooLong = fields.longest(TITLE_MAX);
const title = trimmedText.refine((text) => codePoints(text) <= TITLE_MAX, tooLong);

/** What a session asks of its model; null: the deployment's default. */
export type SessionSettings = Pick<Session, 'systemPrompt' | 'model' | 'temperature' | 'maxTokens'>;

export const DEFAULT_SYSTEM_PROMPT = 'You are a helpful assistant.';

/** In UTF-16 units. Three bytes each still fit into the body of a request. */
const SYSTEM_PROMPT_MAX = 16_000;
export const TEMPERATURE_MAX = 2;
/** As high as CHAT_REPLY_MAX_TOKENS can be. */
export const MAX_TOKENS_MAX = 10_000_000;
const MODEL_NAME_MAX = 256;

/** The fields of a body; those that are absent stay as they are. A blank system prompt counts as none. */
const settingsFields = {
  system_prompt: trimmedText
    .pipe(z.string().max(SYSTEM_PROMPT_MAX, fields.longest(SYSTEM_PROMPT_MAX)))
    .nullable()
    .transform((text) => text || null)
    .optional(),
  model: z
    .string(fields.modelOrNull)
    .min(1, fields.modelOrNull)
    .max(MODEL_NAME_MAX, fields.modelOrNull)
    .nullable()
    .optional(),
  temperature: z
    .number(fields.numberOrNull)
    .min(0, fields.atLeast(0))
    .max(TEMPERATURE_MAX, fields.atMost(TEMPERATURE_MAX))
    .nullable()
    .optional(),
  max_tokens: z
    .int(fields.wholeOrNull)
    .min(1, fields.atLeast(1))
    .max(MAX_TOKENS_MAX, fields.atMost(MAX_TOKENS_MAX))
    .nullable()
    .optional(),
};

type SettingsFields = {
  readonly [Field in keyof typeof settingsFields]?: z.output<(typeof settingsFields)[Field]>;
};

/** The settings of a body in one object, without those that are absent. */
function withSettings<Body extends SettingsFields>(body: Body) {
  const { system_prompt: systemPrompt, model, temperature, max_tokens: maxTokens, ...rest } = body;
  const settings: Partial<SessionSettings> = {
    ...(systemPrompt !== undefined && { systemPrompt }),
    ...(model !== undefined && { model }),
    ...(temperature !== undefined && { temperature }),
    ...(maxTokens !== undefined && { maxTokens }),
  };
  return { ...rest, settings };
}

/** A blank title counts as none. Unknown keys are ignored, as in Ask-Flask. */
export const createSessionInput = z
  .object({ title: title.nullish().transform((text) => text || null), ...settingsFields })
  .transform(withSettings);

export const tag = plainText
  .transform(tidyTag)
  .refine((text) => text !== '', fields.notEmpty)
  .refine((text) => codePoints(text) <= TAG_MAX, fields.longest(TAG_MAX));

/** All tags of a session. */
export const tags = z
  .array(tag, fields.listOfTags)
  .transform(withoutDoubles)
  .refine((list) => list.length <= TAGS_MAX, fields.mostTags(TAGS_MAX));

const yesOrNo = z.boolean(fields.trueOrFalse).optional();

/** `seen` is about the title. */
export const changeSessionInput = z
  .object({
    title: title.pipe(z.string().min(1, fields.notEmpty)).optional(),
    pinned: yesOrNo,
    archived: yesOrNo,
    tags: tags.optional(),
    ...settingsFields,
    version,
    seen,
  })
  .refine(
    ({ version: _version, seen: _seen, ...edit }) =>
      Object.values(edit).some((value) => value !== undefined),
    { path: ['title'], message: fields.whatToChange },
  )
  .transform(withSettings);

/** The size of a page, at least 1. */
export const limit = z.coerce.number(fields.whole).int(fields.whole).min(1, fields.atLeast(1));

/** Without `limit` all messages; `before` is a message id. */
export const readMessagesQuery = z.object({
  limit: limit.max(1000, fields.atMost(1000)).optional(),
  before: z.string().transform(plainId).optional(),
});
