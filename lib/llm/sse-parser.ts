/**
 * Takes the bytes of an event stream in any pieces and gives the payload of each `data` field.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export interface SseParser {
  /** The payloads completed by these bytes. Throws when one line is longer than any upstream's. */
  push(bytes: Uint8Array): string[];
  /** What the last line held, when the stream ended without a blank line. */
  end(): string[];
}

const LINE_MAX = 4 * 1024 * 1024;

export function sseParser(): SseParser {
  // Decodes across pieces and drops a byte order mark.
  const decoder = new TextDecoder();
  let rest = '';
  let data: string[] = [];

  const take = (line: string, payloads: string[]) => {
    if (line === '') {
      if (data.length > 0) payloads.push(data.join('\n'));
      data = [];
    } else if (line.startsWith('data:')) {
      data.push(line.slice(line.startsWith('data: ') ? 6 : 5));
    }
  };

  return {
    push(bytes) {
      rest += decoder.decode(bytes, { stream: true });
      // A CR at the very end may be half of a CRLF: it waits for what follows.
      const held = rest.endsWith('\r') ? '\r' : '';
      const lines = rest.slice(0, rest.length - held.length).split(/\r\n|\n|\r/);
      rest = (lines.pop() ?? '') + held;
      if (rest.length > LINE_MAX) throw new Error('The event stream has an endless line');
      const payloads: string[] = [];
      for (const line of lines) take(line, payloads);
      return payloads;
    },
    end() {
      const payloads: string[] = [];
      take(rest.trimEnd(), payloads);
      take('', payloads);
      return payloads;
    },
  };
}
