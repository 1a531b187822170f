import { upstreamError } from './upstream-error';

/**
 * Takes the bytes of an event stream in any pieces and gives the payload of each `data` field.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export interface SseParser {
  /** The payloads completed by these bytes. Throws when one event is longer than any upstream's. */
  push(bytes: Uint8Array): string[];
  /** What the last event held, when the stream ended without a blank line. */
  end(): string[];
}

const EVENT_MAX = 4 * 1024 * 1024;

export function sseParser(): SseParser {
  // Decodes across pieces and drops a byte order mark.
  const decoder = new TextDecoder();
  let afterReturn = false;
  let line = '';
  let data: string[] = [];
  let dataLength = 0;

  const take = (whole: string, payloads: string[]) => {
    if (whole === '') {
      if (data.length > 0) payloads.push(data.join('\n'));
      data = [];
      dataLength = 0;
    } else if (whole.startsWith('data:')) {
      data.push(whole.slice(whole.startsWith('data: ') ? 6 : 5));
      dataLength += whole.length;
    }
  };

  return {
    push(bytes) {
      const text = decoder.decode(bytes, { stream: true });
      if (text === '') return [];
      // The second half of a CRLF whose first half ended a line already.
      const skipped = afterReturn && text.startsWith('\n') ? 1 : 0;
      afterReturn = text.endsWith('\r');
      // Nearly every server ends its lines with LF alone.
      const lines = text.slice(skipped).split(text.includes('\r') ? /\r\n|\n|\r/ : '\n');
      lines[0] = line + (lines[0] ?? '');
      line = lines.pop() ?? '';
      const payloads: string[] = [];
      for (const whole of lines) take(whole, payloads);
      if (line.length + dataLength > EVENT_MAX)
        throw upstreamError('broken', 'an event of the stream does not end');
      return payloads;
    },
    end() {
      const payloads: string[] = [];
      take(line, payloads);
      take('', payloads);
      return payloads;
    },
  };
}
