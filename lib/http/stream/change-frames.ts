import type { Changes, SessionChange } from '@/lib/sessions/changes';
import { frameStream } from './frame-stream';

/**
 * The changes of an owner's sessions and own text as SSE frames, after an `open` frame. Under back-pressure only the last
 * change of each session is kept. Ends when the reader cancels, the process shuts down, `endsAfterMs` has passed or
 * `until` aborts.
 */
export async function changeFrames(
  changes: Changes,
  owner: string,
  endsAfterMs: number | null = null,
  until: AbortSignal | null = null,
): Promise<ReadableStream<Uint8Array>> {
  const waiting = new Map<string, SessionChange>();
  let isAboutNew = false;
  let ended = false;
  let changed = (): void => undefined;
  const unsubscribe = await changes.subscribe(owner, {
    notify({ sessions, about }) {
      for (const change of sessions) waiting.set(change.sessionId, change);
      isAboutNew ||= about;
      changed();
    },
    end() {
      ended = true;
      changed();
    },
  });
  return frameStream({
    endsAfterMs,
    until,
    first: 'data: {"open":true}\n\n',
    take() {
      const frames = [...waiting.values()].map(frame);
      if (isAboutNew) frames.push(ABOUT);
      waiting.clear();
      isAboutNew = false;
      return { frames: frames.join(''), last: ended };
    },
    watch(notify) {
      changed = notify;
      return unsubscribe;
    },
  });
}

const ABOUT = 'data: {"about":true}\n\n';

const frame = ({ sessionId, version, deleted }: SessionChange): string =>
  `data: ${JSON.stringify({ session_id: sessionId, version, ...(deleted && { deleted }) })}\n\n`;
