/**
 * Whether a model on a list is one to talk to: as far as its server says what it is, else by its name. A name is only a
 * hint, so that what it rules out can still be named by the operator.
 */
export const canChat = (id: string, item: object): boolean =>
  saidToChat(item as Record<string, unknown>) ?? !NOT_FOR_CHAT.test(id);

const NOT_FOR_CHAT = new RegExp(
  [
    // What makes vectors, orders texts, or judges them
    'embed|rerank|moderation|guard|(^|[^a-z])(bge|gte|e5|minilm|colbert)([^a-z]|$)|bert',
    // What hears, speaks, draws or films
    'whisper|(^|[^a-z])(tts|stt|asr|ocr|audio|sora|veo|imagen|lyria|flux)([^a-z]|$)|transcribe|speech',
    'dall-e|image|diffusion|realtime|(^|[^a-z])live([^a-z]|$)',
    // What only goes on with a text, or only works in another API
    'davinci|babbage|gpt-.*instruct|computer-use|deep-research|(^|/)(o\\d|gpt-[\\d.]+)-pro|codex',
  ].join('|'),
  'i',
);

/** As Together, LM Studio, Mistral, OpenRouter, Cohere, Fireworks and Google say it; null when it is not said. */
function saidToChat(item: Record<string, unknown>): boolean | null {
  const { type, capabilities, architecture, endpoints, supports_chat } = item;
  if (typeof supports_chat === 'boolean') return supports_chat;
  if (typeof type === 'string' && OTHER_TYPES.has(type)) return false;
  if (typeof type === 'string' && CHAT_TYPES.has(type)) return true;
  if (Array.isArray(endpoints)) return endpoints.includes('chat');
  const methods = item['supportedGenerationMethods'];
  if (Array.isArray(methods) && !methods.includes('generateContent')) return false;
  const chats = field(capabilities, 'completion_chat');
  if (typeof chats === 'boolean') return chats;
  const writes = field(architecture, 'output_modalities');
  return Array.isArray(writes) && !writes.includes('text') ? false : null;
}

const CHAT_TYPES: ReadonlySet<string> = new Set(['chat', 'llm', 'vlm']);
const OTHER_TYPES: ReadonlySet<string> = new Set([
  'audio',
  'embedding',
  'embeddings',
  'image',
  'moderation',
  'rerank',
  'transcribe',
  'video',
]);

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : null;
