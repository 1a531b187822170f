import { z } from 'zod';
import { plainText } from '@/lib/sessions/text';
import { fields } from '@/lib/texts/api-fields';
import type { PromptMessage } from '@/lib/ports/model';

const part = z.union([
  z.object({ type: z.literal('text'), text: plainText }),
  z.object({ type: z.literal('refusal'), refusal: plainText }),
]);

type Part = z.infer<typeof part>;

/** Parts are joined by a line feed, so that their texts stay apart. */
const joined = (parts: readonly Part[]): string =>
  parts.map((each) => ('text' in each ? each.text : each.refusal)).join('\n');

const content = z
  .union([plainText, z.array(part)], fields.textContent)
  .transform((value) => (typeof value === 'string' ? value : joined(value)));

/** Not an address: the model's server would fetch it, perhaps in its own network. */
const image = z.object({
  type: z.literal('image_url'),
  image_url: z.object({
    url: plainText.pipe(
      z.string().regex(/^data:image\/(?:png|jpe?g|gif|webp);base64,/i, fields.imageUrl),
    ),
    detail: z.enum(['auto', 'low', 'high']).exactOptional(),
  }),
});

const userContent = z
  .union([plainText, z.array(z.union([part, image]))], fields.userContent)
  .transform((value): Pick<PromptMessage, 'content' | 'parts'> => {
    if (typeof value === 'string') return { content: value };
    const texts = value.filter((each) => each.type !== 'image_url');
    const parts = value.map((each) =>
      each.type === 'refusal' ? { type: 'text' as const, text: each.refusal } : each,
    );
    return { content: joined(texts), ...(texts.length < value.length && { parts }) };
  });

const toolCall = z.object(
  {
    id: plainText,
    type: z.literal('function', fields.onlyFunctions).optional(),
    function: z.object({ name: plainText, arguments: plainText }),
  },
  fields.toolCalls,
);

/** A message of a chat completion. `developer` is the newer name of `system`, which every server knows. */
export const messageInput = z
  .discriminatedUnion(
    'role',
    [
      z.object({ role: z.literal(['system', 'developer']), content }),
      z.object({ role: z.literal('user'), content: userContent }),
      z.object({
        role: z.literal('assistant'),
        content: content.nullish(),
        tool_calls: z.array(toolCall, fields.toolCalls).nullish(),
      }),
      z.object({ role: z.literal('tool'), content, tool_call_id: plainText }),
    ],
    fields.chatMessage,
  )
  .transform((message): PromptMessage => {
    if (message.role === 'tool')
      return { role: 'tool', content: message.content, toolCallId: message.tool_call_id };
    if (message.role === 'assistant') {
      const calls = message.tool_calls ?? [];
      const toolCalls = calls.map((call) => ({ id: call.id, ...call.function }));
      const textMessage = { role: message.role, content: message.content ?? '' };
      return toolCalls.length > 0 ? { ...textMessage, toolCalls } : textMessage;
    }
    if (message.role === 'user') return { role: message.role, ...message.content };
    return { role: 'system', content: message.content };
  });
