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
 * Reads the file here and sends its sessions in requests of a limited size. Yields a line for each conversation. Throws
 * `ImportFailed`, an `AppError` of kind `unreadable-file`, and the signal's reason.
 */
export async function* importFile(file: Blob, options: Options): AsyncGenerator<ImportLine> {
  const waiting = batches<FileSession>();
  const reads = readImport(file, {
    now: new Date(),
    // The server checks it.
    readOwn: (value) => ({ session: value as unknown as FileSession }),
    readAbout: (value) => ({ about: value as readonly AboutRevision[] }),
    pause: async () => {
      await new Promise((resolve) => setTimeout(resolve));
      options.signal.throwIfAborted();
    },
  });
  for await (const read of reads) {
    if ('skipped' in read) yield skippedLine(read);
    else if ('about' in read) yield* post({ about_revisions: read.about, sessions: [] }, options);
    else {
      const full = waiting.add(read.session);
      if (full) yield* send(full, options);
    }
  }
  const rest = waiting.rest();
  if (rest) yield* send(rest, options);
}

const REQUEST_MS = 60_000;

async function* send(
  { sessions, characters }: Batch<FileSession>,
  options: Options,
): AsyncGenerator<ImportLine> {
  try {
    yield* post({ sessions }, options);
  } catch (thrown) {
    // A platform refuses a large request in its own words, or breaks the connection.
    if (!(thrown instanceof ImportFailed) || characters <= BATCH_CHARACTERS) throw thrown;
    yield tooLarge(sessions[0]);
  }
}

/** Throws `ImportFailed`. */
async function* post(content: object, { dryRun, signal }: Options): AsyncGenerator<ImportLine> {
  const path = `/api/sessions/import${dryRun ? '?dry_run=1' : ''}`;
  const body = { format: FILE_FORMAT, version: FILE_VERSION, ...content };
  const deadlineMs = REQUEST_MS;
  for (;;) {
    const answer = await requestStream(path, { method: 'POST', body, signal, deadlineMs });
    if (answer.ok) return yield* linesOf(answer.value);
    const { code, retryAt } = answer.problem;
    if (code !== 429 || retryAt === null) throw new ImportFailed(answer.problem);
    // A large file takes many requests, more than some servers allow in a minute.
    await waitForBackoff(0, signal, retryAt);
    signal.throwIfAborted();
  }
}

const tooLarge = (session: FileSession | undefined): ImportLine =>
  skippedLine({ skipped: 'too-large', title: session?.title ?? null });

async function* linesOf(response: Response): AsyncGenerator<ImportLine> {
  let isDone = false;
  for (const line of (await response.text()).split('\n')) {
    if (line === '') continue;
    const value = JSON.parse(line) as ImportReportLine;
    if ('kind' in value) yield value;
    isDone ||= 'done' in value;
  }
  if (!isDone) throw new Error('The response ended early');
}
