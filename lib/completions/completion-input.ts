import { z } from 'zod';
import { plainId } from '@/lib/sessions/id';
import { MAX_TOKENS_MAX, TEMPERATURE_MAX } from '@/lib/sessions/session';
import { plainText } from '@/lib/sessions/text';
import { fields } from '@/lib/texts/api-fields';
import { messageInput } from './message-input';

const STOPS_MAX = 4;
const TOOLS_MAX = 128;
const PENALTY_MAX = 2;

const flag = z.boolean(fields.trueOrFalse).nullish();
const between = (least: number, most: number) =>
  z
    .number(fields.numberOrNull)
    .min(least, fields.atLeast(least))
    .max(most, fields.atMost(most))
    .nullish();
const tokens = z
  .int(fields.wholeOrNull)
  .min(1, fields.atLeast(1))
  .max(MAX_TOKENS_MAX, fields.atMost(MAX_TOKENS_MAX))
  .nullish();
const word = z.string(fields.stringOrNull).max(100, fields.longest(100)).nullish();

const tool = z.looseObject(
  {
    type: z.literal('function', fields.onlyFunctions),
    function: z.looseObject({ name: plainText.pipe(z.string().min(1, fields.notEmpty)) }),
  },
  fields.tools,
);

/** These are sent to the model as they are. */
const parameters = {
  top_p: between(0, 1),
  top_k: z.int(fields.wholeOrNull).nullish(),
  min_p: between(0, 1),
  seed: z.int(fields.wholeOrNull).nullish(),
  stop: z.union([plainText, z.array(plainText).max(STOPS_MAX)], fields.stop(STOPS_MAX)).nullish(),
  presence_penalty: between(-PENALTY_MAX, PENALTY_MAX),
  frequency_penalty: between(-PENALTY_MAX, PENALTY_MAX),
  repetition_penalty: between(0, PENALTY_MAX),
  logit_bias: z.record(z.string().max(20), z.number(), fields.logitBias).nullish(),
  reasoning_effort: word,
  verbosity: word,
  response_format: z
    .looseObject(
      { type: z.enum(['text', 'json_object', 'json_schema'], fields.responseFormat) },
      fields.responseFormat,
    )
    .nullish(),
  tools: z.array(tool, fields.tools).max(TOOLS_MAX, fields.mostTools(TOOLS_MAX)).nullish(),
  tool_choice: z
    .union(
      [z.enum(['none', 'auto', 'required']), z.looseObject({ type: z.literal('function') })],
      fields.toolChoice,
    )
    .nullish(),
  parallel_tool_calls: flag,
};
export const PARAMETERS = Object.keys(parameters) as (keyof typeof parameters)[];

const never = z.null(fields.notSupported).optional();

/**
 * The body of a chat completion. Fields that do not change the shape or meaning of the answer, such as `user` or
 * `store`, are ignored. What cannot be done is refused, so that no answer is less than what was asked for.
 */
export const completionInput = z.object({
  model: z.string(fields.model).nullish(),
  messages: z.array(messageInput, fields.chatMessages).min(1, fields.notEmpty),
  stream: flag,
  stream_options: z.object({ include_usage: flag }, fields.streamOptions).nullish(),
  temperature: between(0, TEMPERATURE_MAX),
  max_tokens: tokens,
  max_completion_tokens: tokens,
  ...parameters,
  metadata: z
    .object(
      {
        session_id: z
          .string(fields.string)
          .transform((id) => (id ? plainId(id) : null))
          .nullish(),
      },
      fields.object,
    )
    .nullish(),
  n: z.literal(1, fields.one).nullish(),
  modalities: z.array(z.literal('text', fields.onlyText), fields.onlyText).nullish(),
  logprobs: z.literal(false, fields.notSupported).nullish(),
  top_logprobs: z.literal(0, fields.notSupported).nullish(),
  audio: never,
  functions: z.null(fields.useTools).optional(),
  function_call: z.null(fields.useTools).optional(),
});

export type CompletionInput = z.output<typeof completionInput>;
