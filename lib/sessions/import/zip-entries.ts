import {
  BlobReader,
  ERR_ENCRYPTED,
  ERR_UNSAFE_FILENAME,
  ZipReader,
  type FileEntry,
} from '@zip.js/zip.js/index-native.js';
import { AppError } from '@/lib/errors';
import { unreadable } from './json-values';
import type { Limits } from './limits';

/** A file in a zip. */
export interface ZipEntry {
  readonly name: string;
  /** Its bytes, unpacked as they are read. Stops unpacking when the reader stops. Throws `unreadable-file`. */
  chunks(): AsyncGenerator<Uint8Array>;
}

/** By the central directory, so what only looks like a file in another one's data is none. Throws `unreadable-file`. */
export async function* zipEntries(blob: Blob, limits: Limits): AsyncGenerator<ZipEntry> {
  const reader = new ZipReader(new BlobReader(blob), {
    useWebWorkers: false,
    filenameValidation: 'balanced',
    checkOverlappingEntry: true,
    checkCrc32: true,
  });
  const spent = { bytes: 0 };
  let count = 0;
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      count += 1;
      if (count > limits.entries) throw unreadable('entries', limits.entries);
      if (!entry.directory)
        yield { name: entry.filename, chunks: () => unpacked(entry, limits, spent) };
    }
  } catch (cause) {
    throw zipProblem(cause);
  } finally {
    await reader.close();
  }
}

/** Counts what really comes out, whatever the directory says. */
async function* unpacked(
  entry: FileEntry,
  limits: Limits,
  spent: { bytes: number },
): AsyncGenerator<Uint8Array> {
  const stop = new AbortController();
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const whole = entry.getData(writable, { signal: stop.signal });
  // A mistake of the packed data fails both; it is thrown where the text is read.
  whole.catch(() => undefined);
  let bytes = 0;
  try {
    for await (const chunk of chunksOf(readable)) {
      bytes += chunk.length;
      spent.bytes += chunk.length;
      if (bytes > limits.ratioFrom && bytes > entry.compressedSize * limits.ratio)
        throw unreadable('ratio', limits.ratio);
      if (spent.bytes > limits.unpacked) throw unreadable('unpacked', limits.unpacked / 1e6);
      yield chunk;
    }
    await whole;
  } catch (cause) {
    throw zipProblem(cause);
  } finally {
    stop.abort();
  }
}

/** Browsers cannot iterate a stream yet. */
export async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function zipProblem(cause: unknown): unknown {
  if (cause instanceof AppError) return cause;
  const message = cause instanceof Error ? cause.message : '';
  if (message === ERR_UNSAFE_FILENAME) return unreadable('unsafe-name', undefined, cause);
  if (message === ERR_ENCRYPTED) return unreadable('encrypted', undefined, cause);
  return unreadable('zip', undefined, cause);
}
