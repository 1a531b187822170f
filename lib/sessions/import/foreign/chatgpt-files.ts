import type { Fields } from './conversation';
import { isImage, leftOut, LEFT_OUT_WITHOUT_A_LINE, type ForeignPart } from './left-out';
import { fieldsOf, listOf, nameOf, textOf } from './unknown-fields';

const RECORDINGS = ['audio_asset_pointer', 'real_time_user_audio_video_asset_pointer'];

/** The parts of a message that point to a file, and what stands for each. */
export function filesOf(content: Fields, metadata: Fields): Map<unknown, ForeignPart> {
  const parts = listOf(content['parts']);
  const names = imageNames(content, metadata);
  const isWrittenDown = parts.some((part) => typeOf(part) === 'audio_transcription');
  const files = new Map<unknown, ForeignPart>();
  for (const part of parts) {
    if (typeOf(part) === 'image_asset_pointer') files.set(part, leftOut('Image', names.get(part)));
    else if (RECORDINGS.includes(typeOf(part)))
      files.set(part, isWrittenDown ? LEFT_OUT_WITHOUT_A_LINE : leftOut('Recording', null));
  }
  return files;
}

/** The attachments that no part points to. */
export function unpointed(metadata: Fields, content: Fields): Fields[] {
  const named = new Set(imageNames(content, metadata).values());
  return attachments(metadata).filter(
    ({ name }) => nameOf(name) !== null && !named.has(textOf(name)),
  );
}

/** What a tool drew shows in ChatGPT's page; nothing else of a tool does. */
export const drawnImages = (content: Fields): ForeignPart[] =>
  listOf(content['parts'])
    .map(fieldsOf)
    .filter((part) => typeOf(part) === 'image_asset_pointer')
    .map(({ metadata }) => fieldsOf(metadata))
    .filter(({ dalle, generation }) => [dalle, generation].some((made) => Boolean(made)))
    .map(() => leftOut('Image', null));

/** By the id in its address, or else by the order: the attachments of a message are those of its parts. */
function imageNames(content: Fields, metadata: Fields): Map<unknown, string> {
  const pointers = listOf(content['parts']).filter(
    (part) => typeOf(part) === 'image_asset_pointer',
  );
  const images = attachments(metadata).filter(({ name, mime_type: type }) => isImage(name, type));
  const ids = new Set(pointers.map(idOf));
  const rest = images.filter(({ id }) => !ids.has(textOf(id)));
  const names = new Map<unknown, string>();
  for (const pointer of pointers) {
    const known = images.find(({ id }) => textOf(id) === idOf(pointer)) ?? rest.shift();
    const name = nameOf(known?.['name']);
    if (name !== null) names.set(pointer, name);
  }
  return names;
}

const attachments = (metadata: Fields): Fields[] => listOf(metadata['attachments']).map(fieldsOf);
const typeOf = (part: unknown): string => textOf(fieldsOf(part)['content_type']);

/** Of `sediment://file_1`. */
const idOf = (pointer: unknown): string =>
  textOf(fieldsOf(pointer)['asset_pointer']).replace(/^[a-z-]+:\/\//, '');
