import { BlobWriter, TextReader, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js';
import { setImmediate } from 'node:timers/promises';
import { readImport, type Read } from './read-import';
import { readOwnSession } from './own-session';
import { LIMITS, type Limits } from './limits';

/** For tests: what a file holds. */
export async function readAll(
  file: Blob | string | object,
  limits: Partial<Limits> = {},
): Promise<Read[]> {
  const text = typeof file === 'string' ? file : JSON.stringify(file);
  const blob = file instanceof Blob ? file : new Blob([text]);
  const reads: Read[] = [];
  const deps = {
    now: new Date(Date.UTC(2026, 10, 1)),
    readOwn: readOwnSession,
    pause: () => setImmediate(),
    limits: { ...LIMITS, ...limits },
  };
  for await (const read of readImport(blob, deps)) reads.push(read);
  return reads;
}

/** One line per message: its number, the one it answers, who said it, and what. Reasoning is in brackets. */
export function outline(read: Read | undefined): string[] {
  if (!read || !('session' in read))
    return [`skipped: ${read && 'skipped' in read ? read.skipped : 'nothing'}`];
  const { messages, head } = read.session;
  const numberOf = (id: string | null) => messages.find((message) => message.id === id)?.seq ?? 0;
  const lines = messages.map(({ seq, parent, role, content, parts }) => {
    const shown = parts
      ? parts
          .map((part) => {
            if (part.kind === 'source') return `<${part.url}>`;
            return part.kind === 'text' ? part.text : `(${part.text})`;
          })
          .join(' ')
      : content;
    return `${String(seq)} < ${String(numberOf(parent))} ${role}: ${shown}`;
  });
  return [...lines, `head ${String(numberOf(head))}`];
}

export async function zipOf(
  files: Readonly<Record<string, string | Uint8Array | object>>,
): Promise<Blob> {
  const zip = new ZipWriter(new BlobWriter(), { useWebWorkers: false });
  for (const [name, content] of Object.entries(files)) {
    const bytes = content instanceof Uint8Array ? content : null;
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    await zip.add(name, bytes ? new Uint8ArrayReader(bytes) : new TextReader(text));
  }
  return zip.close();
}
