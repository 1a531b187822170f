/**
 * Whether a listed model is a chat model: by its metadata, else by its name. The name is only a heuristic; operators can
 * still name an excluded model in CHAT_MODELS.
 */
export const canChat = (id: string, item: object): boolean =>
  saidToChat(item as Record<string, unknown>) ?? !NOT_FOR_CHAT.test(id);

const NOT_FOR_CHAT = new RegExp(
  [
    // Embeddings, reranking, moderation
    'embed|rerank|moderation|guard|(^|[^a-z])(bge|gte|e5|minilm|colbert)([^a-z]|$)|bert',
    // Audio, images, video
    'whisper|(^|[^a-z])(tts|stt|asr|ocr|audio|sora|veo|imagen|lyria|flux)([^a-z]|$)|transcribe|speech',
    'dall-e|image|diffusion|realtime|(^|[^a-z])live([^a-z]|$)',
    // Text completion, or another API only
    'davinci|babbage|gpt-.*instruct|computer-use|deep-research|(^|/)(o\\d|gpt-[\\d.]+)-pro|codex',
  ].join('|'),
  'i',
);

/** As Together, LM Studio, Mistral, Azure, OpenRouter, Cohere, Groq and Google state it; null when it is not stated. */
function saidToChat(item: Record<string, unknown>): boolean | null {
  const { capabilities, endpoints, supports_chat, active } = item;
  if (active === false) return false;
  if (typeof supports_chat === 'boolean') return supports_chat;
  const byType = typeChats(item);
  if (byType !== null) return byType;
  if (Array.isArray(endpoints)) return endpoints.includes('chat');
  const methods = item['supportedGenerationMethods'];
  if (Array.isArray(methods) && !methods.includes('generateContent')) return false;
  const chats = field(capabilities, 'completion_chat') ?? field(capabilities, 'chat_completion');
  return typeof chats === 'boolean' ? chats : writesText(item);
}

/** By its type, or by what Cloudflare calls its task. */
function typeChats({ type, model_type, task }: Record<string, unknown>): boolean | null {
  const name = field(task, 'name');
  if (typeof name === 'string') return name === 'Text Generation';
  const types = [type, model_type].filter((each) => typeof each === 'string');
  if (types.some((each) => OTHER_TYPES.has(each))) return false;
  return types.some((each) => CHAT_TYPES.has(each)) ? true : null;
}

function writesText(item: Record<string, unknown>): boolean | null {
  const writes =
    field(item['architecture'], 'output_modalities') ?? item['supported_output_modalities'];
  return Array.isArray(writes) && !writes.includes('text') ? false : null;
}

const CHAT_TYPES: ReadonlySet<string> = new Set(['chat', 'language', 'llm', 'vlm']);
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
