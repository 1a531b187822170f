import { AppError, type FileReason } from '@/lib/errors';
import type { Limits } from './limits';
import { bareName, missingFiles } from './manifest';
import type { Read } from './read-import';
import { zipEntries, type ZipEntry } from './zip-entries';

/** Reads one document; adds the files that it names to `named`. */
export type ReadOne = (
  chunks: AsyncIterable<Uint8Array>,
  named: Set<string>,
) => AsyncGenerator<Read>;

/** Reads the documents of a zip. Throws `unreadable-file`. */
export async function* readZip(
  blob: Blob,
  limits: Limits,
  pause: () => Promise<void>,
  readOne: ReadOne,
): AsyncGenerator<Read> {
  const present: string[] = [];
  const named = new Set<string>();
  const failed: { readonly name: string; readonly failure: AppError }[] = [];
  let found = false;
  for await (const entry of zipEntries(blob, limits)) {
    const { name } = entry;
    present.push(name);
    const chunks = await jsonIn(entry);
    if (chunks === 'zip') yield { skipped: 'inner-zip', id: null, title: name };
    else if (chunks !== 'other') {
      const read = yield* readEntry(readOne(chunks, named));
      found ||= read.found;
      if (read.failure) failed.push({ name, failure: read.failure });
    }
    await pause();
  }
  const conversations = new Set(Array.from(named, bareName));
  for (const { name, failure } of failed) {
    if (!found || conversations.has(bareName(name))) throw failure;
    yield { skipped: 'unreadable', id: null, title: name };
  }
  for (const name of missingFiles(named, present))
    yield { skipped: 'missing-file', id: null, title: name };
}

/** Its bytes where they begin as JSON does; of anything else, such as an image, only the beginning is unpacked. */
async function jsonIn(entry: ZipEntry): Promise<AsyncGenerator<Uint8Array> | 'zip' | 'other'> {
  const chunks = entry.chunks();
  const first = await chunks.next();
  const start = first.done ? '' : new TextDecoder().decode(first.value.subarray(0, 100));
  if (/^\s*[[{]/.test(start) && !first.done) return resumed(first.value, chunks);
  await chunks.return(undefined);
  return start.startsWith('PK') ? 'zip' : 'other';
}

async function* resumed(first: Uint8Array, rest: AsyncGenerator<Uint8Array>) {
  yield first;
  yield* rest;
}

/** What is wrong with one document; anything else is wrong with the zip. */
const OF_ONE: readonly FileReason[] = [
  'not-json',
  'not-utf8',
  'cut-off',
  'depth',
  'values',
  'conversation',
];

/**
 * A zip also has what a person once attached, such as rich text, which begins with a bracket as JSON does: a document is
 * only a reason to refuse the zip once a conversation was found in it.
 */
async function* readEntry(
  document: AsyncGenerator<Read>,
): AsyncGenerator<Read, { readonly found: boolean; readonly failure?: AppError }> {
  let found = false;
  try {
    for await (const read of document) {
      found = true;
      yield read;
    }
    return { found };
  } catch (thrown) {
    if (found || !(thrown instanceof AppError)) throw thrown;
    const { failure } = thrown;
    if (failure.kind !== 'unreadable-file' || !OF_ONE.includes(failure.reason)) throw thrown;
    return { found, failure: thrown };
  }
}
