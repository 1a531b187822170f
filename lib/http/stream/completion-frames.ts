import type { WatchedTurn } from '@/lib/chat/turn/live-turn';
import type { TurnEnd } from '@/lib/chat/turn/events';
import { completionError } from '@/lib/completions/error';
import {
  annotationsIn,
  chunkOf,
  failureOfEnd,
  finishReason,
  presentCall,
  usageChunk,
  type About,
} from '@/lib/completions/completion';
import { failureOf } from '@/lib/errors';
import { lengthOf, type Entry } from '@/lib/reply/entry';
import { callIn } from '@/lib/reply/tool-call';
import { FRAME_MAX, frameStream } from './frame-stream';

const frame = (data: object): string => `data: ${JSON.stringify(data)}\n\n`;

/**
 * A turn as the chunks of OpenAI's API. What a client was sent cannot be retracted here: text that turned out to be
 * reasoning comes again as that.
 */
export function completionFrames(
  turn: WatchedTurn,
  about: About,
  withUsage: boolean,
  until: AbortSignal | null = null,
): ReadableStream<Uint8Array> {
  const read = deltaReader();
  let sent = 0;
  let cuts = 0;
  const chunk = (delta: object, finish: string | null = null) =>
    frame({ ...chunkOf(about, delta, finish), ...(withUsage && { usage: null }) });

  const last = (end: TurnEnd): string => {
    const failure = failureOfEnd(end);
    if (failure) return frame(completionError(failure).body);
    const usage = withUsage && end.usage ? frame(usageChunk(about, end.usage)) : '';
    return `${chunk({}, finishReason(end, read.calls()))}${usage}data: [DONE]\n\n`;
  };

  return frameStream({
    until,
    // A stream that only ended would look whole to a client.
    farewell: (reason) => frame(completionError(failureOf(reason)).body),
    first: chunk({ role: 'assistant', content: '' }),
    take() {
      const end = turn.end();
      const all = turn.cuts();
      for (; cuts < all.length; cuts += 1) sent = Math.min(sent, all[cuts] ?? sent);
      let frames = '';
      for (const entry of turn.since(sent, FRAME_MAX)) {
        sent += lengthOf(entry);
        const delta = read.delta(entry);
        if (delta) frames += chunk(delta);
      }
      if (!end || sent < turn.length()) return { frames, last: false };
      return { frames: frames + last(end), last: true };
    },
    watch: turn.watch,
  });
}

function deltaReader() {
  let calls = 0;
  let text = 0;
  /** After a retraction, entries that are not text are sent again. */
  const sent = new Set<string>();
  return {
    calls: () => calls,
    /** Null for what OpenAI's API does not have. */
    delta(entry: Entry): object | null {
      if (entry.kind === 'text') {
        text += entry.text.length;
        return { content: entry.text };
      }
      if (entry.kind === 'reasoning') return { reasoning_content: entry.text };
      if (sent.has(entry.text)) return null;
      sent.add(entry.text);
      const call = callIn(entry);
      if (call) {
        calls += 1;
        return { tool_calls: [{ index: calls - 1, ...presentCall(call) }] };
      }
      const annotations = annotationsIn([entry], text);
      return annotations.length > 0 ? { annotations } : null;
    },
  };
}
