import { z } from 'zod';
import { completionInput } from '@/lib/completions/completion-input';
import { response, type Calls } from './call';
import { usage } from './shapes';

const model = z
  .object({
    id: z.string(),
    object: z.literal('model'),
    created: z.int(),
    owned_by: z.string(),
  })
  .meta({ id: 'Model' });

const completion = z
  .object({
    id: z.string(),
    object: z.literal('chat.completion'),
    created: z.int(),
    model: z.string(),
    choices: z.array(
      z.object({
        index: z.int(),
        message: z.object({
          role: z.literal('assistant'),
          content: z.string().nullable(),
          refusal: z.null(),
          reasoning_content: z.string().optional(),
          annotations: z.array(z.looseObject({ type: z.string() })).optional(),
          tool_calls: z
            .array(
              z.object({
                id: z.string(),
                type: z.literal('function'),
                function: z.object({ name: z.string(), arguments: z.string() }),
              }),
            )
            .optional(),
        }),
        logprobs: z.null(),
        finish_reason: z.enum(['stop', 'length', 'content_filter', 'tool_calls']),
      }),
    ),
    usage: usage.optional(),
  })
  .meta({ id: 'Completion' });

export const completionCalls: Calls = {
  '/v1/chat/completions': {
    post: {
      title: 'Complete a chat',
      description:
        'As OpenAI’s. With a session it is a turn of that session, with its context and memory.',
      headers: ['Idempotency-Key', 'X-Ask-Session'],
      body: completionInput,
      responses: [
        response('The completion, or its chunks as an event stream', completion, {
          types: ['application/json', 'text/event-stream'],
        }),
      ],
      failures: [
        'not-found',
        'too-large',
        'unsupported',
        'key-reused',
        'over-budget',
        'over-quota',
        'upstream',
        'interrupted',
      ],
    },
  },
  '/v1/models': {
    get: {
      title: 'List the models, as OpenAI’s',
      responses: [
        response('The models', z.object({ object: z.literal('list'), data: z.array(model) })),
      ],
    },
  },
  '/v1/models/{id}': {
    get: {
      title: 'Read a model, as OpenAI’s',
      responses: [response('The model', model)],
      failures: ['not-found'],
    },
  },
};
