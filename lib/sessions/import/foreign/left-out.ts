import type { EntryContent } from '@/lib/reply/entry';
import { nameOf } from './unknown-fields';

/** What a message says or cites, or the line that stands for a file of it, which an import leaves out. */
export interface ForeignPart extends EntryContent {
  readonly kind: 'text' | 'reasoning' | 'source';
  readonly isLeftOut?: true;
}

type What = 'Image' | 'File' | 'Recording';

const NAME_MAX = 200;

/** Such as `[Image: cat.png]`: a file is only named, since exports have the words of a conversation, and often no more. */
export function leftOut(what: What, name: unknown): ForeignPart {
  const known = nameOf(name)?.replace(/\s+/g, ' ').trim();
  const text = known ? `[${what}: ${known.slice(0, NAME_MAX)}]` : `[${what}]`;
  return { kind: 'text', text, isLeftOut: true };
}

/** What a recording said is in the text. */
export const LEFT_OUT_WITHOUT_A_LINE: ForeignPart = { kind: 'text', text: '', isLeftOut: true };

/** `type`: a media type, or `image`. */
export const isImage = (name: unknown, type: unknown): boolean =>
  (typeof type === 'string' && /^image\b/.test(type)) ||
  /\.(?:png|jpe?g|gif|webp|heic|avif|bmp|svg|tiff?)$/i.test(nameOf(name) ?? '');

/** A file of which the name, the type, or nothing is known. */
export const leftOutFile = (name: unknown, type?: unknown): ForeignPart =>
  leftOut(isImage(name, type) ? 'Image' : 'File', name);
