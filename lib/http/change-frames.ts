import type { Changes, SessionChange } from '@/lib/sessions/changes';
import { SILENCE_MS } from './sse';

const encoder = new TextEncoder();

/**
 * The changes of an owner's sessions as frames, after one that says that the feed is open. A reader that is slow gets
 * the last change of each session, once. Ends when the reader leaves or the process does.
 */
export async function changeFrames(
  changes: Changes,
  owner: string,
): Promise<ReadableStream<Uint8Array>> {
  const waiting = new Map<string, SessionChange>();
  let reader: ReadableStreamDefaultController<Uint8Array> | null = null;
  let silence: NodeJS.Timeout | undefined;
  let leave: (() => void) | null = null;
  let ended = false;

  const flush = () => {
    if (!reader || ended || waiting.size === 0 || (reader.desiredSize ?? 0) <= 0) return;
    const frames = [...waiting.values()].map(frame).join('');
    waiting.clear();
    reader.enqueue(encoder.encode(frames));
    silence?.refresh();
  };
  const end = () => {
    ended = true;
    clearInterval(silence);
    leave?.();
  };

  leave = await changes.look(owner, {
    tell(told) {
      for (const change of told) waiting.set(change.sessionId, change);
      flush();
    },
    end() {
      if (ended) return;
      end();
      reader?.close();
    },
  });

  return new ReadableStream<Uint8Array>({
    start(controller) {
      reader = controller;
      controller.enqueue(encoder.encode('data: {"open":true}\n\n'));
      silence = setInterval(() => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(': waiting\n\n'));
      }, SILENCE_MS);
    },
    pull: flush,
    cancel: end,
  });
}

const frame = ({ sessionId, version, deleted }: SessionChange): string =>
  `data: ${JSON.stringify({ session_id: sessionId, version, ...(deleted && { deleted }) })}\n\n`;
