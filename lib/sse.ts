/** One event of a stream. `id` is the last one the stream gave; a comment is no event. */
export interface SseFrame {
  readonly id: string;
  readonly data: string;
}

/**
 * An incremental decoder of server-sent events, as the standard says: give it text cut anywhere, take the frames that it
 * completes. It drops a frame that the stream left half-written.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export function sseDecoder(): (text: string) => SseFrame[] {
  const lines = lineReader();
  let id = '';
  let data: string[] = [];

  const take = (line: string): SseFrame | null => {
    if (line === '') {
      const frame = data.length > 0 ? { id, data: data.join('\n') } : null;
      data = [];
      return frame;
    }
    const { field, value } = readField(line);
    if (field === 'data') data.push(value);
    if (field === 'id' && !value.includes('\0')) id = value;
    return null;
  };

  return (text) =>
    lines
      .push(text)
      .map(take)
      .filter((frame) => frame !== null);
}

function readField(line: string): { field: string; value: string } {
  const colon = line.indexOf(':');
  if (colon < 0) return { field: line, value: '' };
  const value = line.slice(colon + 1);
  return { field: line.slice(0, colon), value: value.startsWith(' ') ? value.slice(1) : value };
}

/** Splits text into lines that end in LF, CRLF or CR. The cost does not depend on how the text is cut. */
export interface LineReader {
  /** The lines that this text completes. A line that ends in CR is complete before its LF is there. */
  push(text: string): string[];
  /** The beginning of a line that has not ended. */
  rest(): string;
}

export function lineReader(): LineReader {
  let rest = '';
  let afterReturn = false;
  return {
    rest: () => rest,
    push(text) {
      if (text === '') return [];
      // The second half of a CRLF whose first half ended a line already.
      const skipped = afterReturn && text.startsWith('\n') ? 1 : 0;
      afterReturn = text.endsWith('\r');
      // Nearly every server ends its lines with LF alone.
      const lines = text.slice(skipped).split(text.includes('\r') ? /\r\n|\n|\r/ : '\n');
      lines[0] = rest + (lines[0] ?? '');
      rest = lines.pop() ?? '';
      return lines;
    },
  };
}
