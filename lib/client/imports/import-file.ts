import { requestStream } from '@/lib/client/net/call';
import type { Problem } from '@/lib/client/net/problem';
import { waitForBackoff } from '@/lib/client/net/backoff';
import { FILE_FORMAT, FILE_VERSION } from '@/lib/sessions/export/file-format';
import type { AboutRevision } from '@/lib/sessions/about/about';
import type { FileSession } from '@/lib/sessions/export/session-file';
import {
  skippedLine,
  type ImportLine,
  type ImportReportLine,
} from '@/lib/sessions/import/import-report';
import { readImport } from '@/lib/sessions/import/read-import';
import { BATCH_CHARACTERS, batches, type Batch } from './batches';

/** A request of the import failed. What was stored before it stays. */
export class ImportFailed extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.kind);
    this.problem = problem;
  }
}

interface Options {
  /** Only reports. */
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
}

/**
 * Reads the file here and sends its sessions in requests of a limited size, reading on while the server works on one.
 * Yields a line for each conversation. Throws `ImportFailed`, an `AppError` of kind `unreadable-file`, and the signal's
 * reason.
 */
export async function* importFile(file: Blob, options: Options): AsyncGenerator<ImportLine> {
  const waiting = batches();
  const pause = pauses();
  const reads = readImport(file, {
    now: new Date(),
    // The server checks it.
    readOwn: (value) => ({ session: value as unknown as FileSession }),
    readAbout: (value) => ({ about: value as readonly AboutRevision[] }),
    pause: () => pause(options.signal),
  });
  let sent: Promise<readonly ImportLine[]> = Promise.resolve([]);
  /** Resolves with the lines of the batch before. */
  const next = async (batch: Batch | null) => {
    if (!batch) return [];
    const lines = await sent;
    sent = send(batch, options);
    // It is awaited later, and must not count as unhandled until then.
    sent.catch(() => undefined);
    return lines;
  };
  try {
    for await (const read of reads) {
      if ('skipped' in read) yield skippedLine(read);
      else if ('about' in read) yield* await post(bodyOf([], read.about), options);
      else yield* await next(waiting.add(read.session));
    }
  } catch (thrown) {
    // What the server stored meanwhile belongs to the report.
    yield* await sent;
    throw thrown;
  }
  yield* await next(waiting.rest());
  yield* await sent;
}

/** How long the file is read without a break. A timer's own delay would be most of the time, were there one per piece. */
const BUSY_MS = 12;

/** Lets the page draw and take input where it has been busy for long. Throws the signal's reason. */
function pauses(): (signal: AbortSignal) => Promise<void> {
  let since = performance.now();
  return async (signal) => {
    if (performance.now() - since >= BUSY_MS) {
      await new Promise((resolve) => setTimeout(resolve));
      since = performance.now();
    }
    signal.throwIfAborted();
  };
}

const REQUEST_MS = 60_000;

async function send(
  { pieces, title, characters }: Batch,
  options: Options,
): Promise<readonly ImportLine[]> {
  try {
    return await post(bodyOf(pieces), options);
  } catch (thrown) {
    // A platform refuses a large request in its own words, or breaks the connection.
    if (!(thrown instanceof ImportFailed) || characters <= BATCH_CHARACTERS) throw thrown;
    return [skippedLine({ skipped: 'too-large', title })];
  }
}

/** Throws `ImportFailed`. */
async function post(body: Blob, { dryRun, signal }: Options): Promise<readonly ImportLine[]> {
  const path = `/api/sessions/import${dryRun ? '?dry_run=1' : ''}`;
  const deadlineMs = REQUEST_MS;
  for (;;) {
    const answer = await requestStream(path, { method: 'POST', body, signal, deadlineMs });
    if (answer.ok) return linesOf(await answer.value.text());
    const { code, retryAt } = answer.problem;
    if (code !== 429 || retryAt === null) throw new ImportFailed(answer.problem);
    // A large file takes many requests, more than some servers allow in a minute.
    await waitForBackoff(0, signal, retryAt);
    signal.throwIfAborted();
  }
}

/** A file of ours with these sessions. */
function bodyOf(sessions: Batch['pieces'], about?: readonly AboutRevision[]): Blob {
  const head = JSON.stringify({
    format: FILE_FORMAT,
    version: FILE_VERSION,
    about_revisions: about,
  });
  const list = sessions.flatMap((session, index) => (index === 0 ? [session] : [',', session]));
  return new Blob([head.slice(0, -1), ',"sessions":[', ...list, ']}']);
}

function linesOf(text: string): readonly ImportLine[] {
  const values = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ImportReportLine);
  if (!values.some((value) => 'done' in value)) throw new Error('The response ended early');
  return values.filter((value) => 'kind' in value);
}
