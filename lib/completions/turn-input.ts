import type { ModelOptions } from '@/lib/chat/turn/model-options';
import { AppError, invalidFields } from '@/lib/errors';
import { codePoints } from '@/lib/sessions/message-length';
import { fields } from '@/lib/texts/api-fields';
import { PARAMETERS, type CompletionInput } from './completion-input';

interface Limits {
  /** The longest message of a session, in code points. */
  readonly message: number;
  /** The longest prompt, in UTF-16 units. */
  readonly prompt: number;
}

/** The input of a turn. `text`: the new message of the session; '' without one. */
export interface TurnInput {
  readonly text: string;
  readonly modelOptions: ModelOptions;
}

/** Without a session: the messages are the prompt, and are sent as they are. Throws `invalid` for too long a prompt. */
export function inputWithoutSession(input: CompletionInput, { prompt: max }: Limits): TurnInput {
  const { messages } = input;
  const modelOptions = { ...optionsOf(input), prompt: messages };
  const length = JSON.stringify(modelOptions.parameters['tools'] ?? '').length;
  const total = messages.reduce((sum, { content, toolCalls }) => {
    return sum + content.length + (toolCalls ? JSON.stringify(toolCalls).length : 0);
  }, length);
  if (total > max) throw refused('messages', fields.longestPrompt(max), 'context_length_exceeded');
  return { text: '', modelOptions };
}

/** What is stored with each reply of a session, so it has a limit of its own. In UTF-16 units. */
const PARAMETERS_MAX = 4000;

/**
 * With a session: the last message is its next one, and the prompt is built from the session. Throws `invalid`, and
 * `too-large` for too long a message.
 */
export function inputInSession(input: CompletionInput, { message: max }: Limits): TurnInput {
  const last = input.messages.at(-1);
  const text = last?.role === 'user' ? last.content.trim() : '';
  if (last?.parts) throw refused('messages', fields.imageInSession, 'unsupported_parameter');
  if (text === '') throw refused('messages', fields.userLast, 'invalid_value');
  if (codePoints(text) > max)
    throw new AppError({ kind: 'too-large', reason: 'message', limit: max });
  const options = optionsOf(input);
  if ('tools' in options.parameters)
    throw refused('tools', fields.notInSession, 'unsupported_parameter');
  const lengths = Object.entries(options.parameters).map(
    ([name, value]) => [name, JSON.stringify(value).length] as const,
  );
  const [longest] = lengths.toSorted(([, a], [, b]) => b - a);
  if (longest && JSON.stringify(options.parameters).length > PARAMETERS_MAX)
    throw refused(longest[0], fields.longestFormat(PARAMETERS_MAX), 'too_big');
  return { text, modelOptions: { ...options, prompt: null } };
}

function optionsOf(input: CompletionInput): Omit<ModelOptions, 'prompt'> {
  const { max_completion_tokens: most, max_tokens: before, temperature } = input;
  return {
    maxTokens: most ?? before ?? null,
    temperature: temperature ?? null,
    parameters: Object.fromEntries(
      PARAMETERS.filter((name) => differsFromDefault(input, name)).map((name) => [
        name,
        input[name],
      ]),
    ),
  };
}

/** Some servers refuse the defaults, and choices without tools. */
function differsFromDefault(input: CompletionInput, name: (typeof PARAMETERS)[number]): boolean {
  const hasTools = (input.tools ?? []).length > 0;
  if (name === 'tools' || name === 'tool_choice' || name === 'parallel_tool_calls')
    return hasTools && input[name] !== undefined && input[name] !== null;
  if (name === 'response_format') return (input.response_format?.type ?? 'text') !== 'text';
  return input[name] !== undefined && input[name] !== null;
}

const refused = (field: string, msg: string, type: string): AppError =>
  invalidFields([{ loc: [field], msg, type }]);
