import { FILE_FORMAT, FILE_VERSION } from '@/lib/sessions/export/file-format';
import type { FileSession } from '@/lib/sessions/export/session-file';
import type { AboutRevision } from '@/lib/sessions/about/about';
import type { Fields } from './foreign/conversation';
import { isFields } from './foreign/unknown-fields';
import { recognise } from './foreign/recognise';
import { jsonValues, unreadable, type JsonValue } from './json-values';
import { LIMITS, type Limits } from './limits';
import { filesIn } from './manifest';
import { toSession } from './to-session';
import type { TreeMistake } from './tree';
import { readZip, type ReadOne } from './read-zip';
import { chunksOf } from './zip-entries';

/** A conversation of a file, or why it is left out. */
export type Read =
  | { readonly session: FileSession }
  /** The history of a person's own text, oldest first; as the file has it where nothing checks it. */
  | { readonly about: readonly AboutRevision[] }
  | Skipped;

export interface Skipped {
  readonly skipped: SkipReason;
  readonly id: string | null;
  readonly title: string | null;
}

/**
 * `unknown`: no conversation, among some. `invalid`: a session of ours with a wrong field. `missing-file`: one that the
 * export names. `inner-zip`: a zip in a zip. `unreadable`: a file in a zip that begins as JSON does, and is none.
 */
export type SkipReason =
  TreeMistake | 'unknown' | 'invalid' | 'missing-file' | 'inner-zip' | 'unreadable';

export interface ReadDeps {
  readonly now: Date;
  /** Reads a session of our own file. */
  readonly readOwn: (value: Fields, pause: () => Promise<void>) => Read | Promise<Read>;
  /** Reads the history of a person's own text; without this it is passed over. */
  readonly readAbout?: (value: unknown) => Read;
  /** Lets other work run, and may throw to end the reading. Called between the pieces that are read. */
  readonly pause: () => Promise<void>;
  readonly limits?: Limits;
}

/**
 * Reads a file of any kind that can be imported, a JSON document or a zip of them, by what it holds. One conversation
 * is in memory at a time. Throws `unreadable-file`, also in the middle, and when no conversation is found.
 */
export async function* readImport(blob: Blob, deps: ReadDeps): AsyncGenerator<Read> {
  const readOne: ReadOne = (chunks, named) => readDocument(chunks, deps, named);
  const all = (await isZip(blob))
    ? readZip(blob, deps.limits ?? LIMITS, deps.pause, readOne)
    : readOne(chunksOf(blob.stream()), new Set());
  let found = false;
  for await (const read of all) {
    found ||= !('skipped' in read) || read.skipped !== 'unknown';
    yield read;
  }
  if (!found) throw unreadable('unknown');
}

async function isZip(blob: Blob): Promise<boolean> {
  const [first, second] = new Uint8Array(await blob.slice(0, 2).arrayBuffer());
  return first === 0x50 && second === 0x4b;
}

/** A document without any conversation, such as a person's settings, is nothing to report. */
async function* readDocument(
  chunks: AsyncIterable<Uint8Array>,
  deps: ReadDeps,
  named: Set<string>,
): AsyncGenerator<Read> {
  let found = false;
  let unknown = 0;
  for await (const read of readValues(chunks, deps, named)) {
    if ('skipped' in read && read.skipped === 'unknown') unknown += 1;
    else {
      found = true;
      yield read;
    }
  }
  if (found) yield* Array.from({ length: unknown }, () => UNKNOWN);
}

const UNKNOWN: Skipped = { skipped: 'unknown', id: null, title: null };

/** The keys of a document that is one conversation, or the head of one that lists some. */
type Head = Record<string, unknown>;

async function* readValues(
  chunks: AsyncIterable<Uint8Array>,
  { now, pause, limits, readOwn, readAbout }: ReadDeps,
  named: Set<string>,
): AsyncGenerator<Read> {
  const head: Head = Object.create(null) as Head;
  let isList = false;
  let isEarly = false;
  for await (const value of jsonValues(inPieces(chunks, pause), limits)) {
    if (isOfHead(value)) head[value.key] = value.value;
    else {
      isList = true;
      const own = value.list === 'sessions' ? ownIn(value.value, head) : null;
      isEarly ||= own !== null && !isOurs(head);
      yield own ? await readOwn(own, pause) : readForeign(value.value, now);
    }
  }
  if (isEarly && !isOurs(head)) throw unreadable('unknown');
  for (const name of filesIn(head)) named.add(name);
  if (isOurs(head)) yield* restOfOurs(head, isList, readAbout);
  else if (!isList) yield readForeign({ ...head }, now);
}

/** What our own file has beside its sessions. */
function* restOfOurs(
  head: Head,
  isList: boolean,
  readAbout: ReadDeps['readAbout'],
): Generator<Read> {
  const { about_revisions: about, sessions } = head;
  if (readAbout && about !== undefined) yield readAbout(about);
  else if (!isList && Array.isArray(sessions)) throw unreadable('unknown');
  else if (!isList) yield UNKNOWN;
}

const isOfHead = (value: JsonValue): value is JsonValue & { key: string } =>
  value.list === null && typeof value.key === 'string';

const PIECE = 64 * 1024;

async function* inPieces(chunks: AsyncIterable<Uint8Array>, pause: () => Promise<void>) {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += PIECE) {
      yield chunk.subarray(at, at + PIECE);
      await pause();
    }
  }
}

/**
 * A session of ours. A program that sorts keys writes `sessions` before `version`: what looks like one is read as one
 * then, and the end of the document tells.
 */
function ownIn(value: unknown, head: Head): Fields | null {
  if (!isFields(value)) return null;
  const mayBe = (head['format'] ?? FILE_FORMAT) === FILE_FORMAT && head['version'] === undefined;
  return isOurs(head) || (mayBe && typeof value['last_activity'] === 'string') ? value : null;
}

/** Throws for a file of a later version. */
function isOurs({ format, version }: Head): boolean {
  if (format !== FILE_FORMAT) return false;
  if (typeof version === 'number' && version > FILE_VERSION) throw unreadable('version');
  return version === FILE_VERSION;
}

function readForeign(value: unknown, now: Date): Read {
  if (!isFields(value)) return UNKNOWN;
  const conversation = recognise(value);
  if (!conversation) return UNKNOWN;
  const session = toSession(conversation, now);
  const { id, title } = conversation;
  return typeof session === 'string' ? { skipped: session, id, title } : { session };
}
