import { z } from 'zod';
import { fields } from '@/lib/texts/api-fields';
import type { Session } from './session';
import { trimmedText } from './text';

/** What a session asks of its model; null: the deployment's default. */
export type SessionSettings = Pick<Session, 'systemPrompt' | 'model' | 'temperature' | 'maxTokens'>;

/** In UTF-16 units. Three bytes each still fit into the body of a request. */
export const SYSTEM_PROMPT_MAX = 16_000;
export const TEMPERATURE_MAX = 2;
/** As high as CHAT_REPLY_MAX_TOKENS can be. */
export const MAX_TOKENS_MAX = 10_000_000;
const MODEL_NAME_MAX = 256;

/** The fields of a body; those that are absent stay as they are. A blank system prompt counts as none. */
export const settingsFields = {
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
export function withSettings<Body extends SettingsFields>(body: Body) {
  const { system_prompt: systemPrompt, model, temperature, max_tokens: maxTokens, ...rest } = body;
  const settings: Partial<SessionSettings> = {
    ...(systemPrompt !== undefined && { systemPrompt }),
    ...(model !== undefined && { model }),
    ...(temperature !== undefined && { temperature }),
    ...(maxTokens !== undefined && { maxTokens }),
  };
  return { ...rest, settings };
}

export const presentSettings = ({
  systemPrompt,
  model,
  temperature,
  maxTokens,
}: SessionSettings) => ({
  system_prompt: systemPrompt,
  model,
  temperature,
  max_tokens: maxTokens,
});
