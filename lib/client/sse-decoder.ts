/** One event of a stream. `id` is the last one the stream gave; a comment is no frame. */
export interface SseFrame {
  readonly id: string;
  readonly data: string;
}

/**
 * An incremental decoder of server-sent events: give it text cut anywhere, take the frames that it completes.
 * A frame that the stream left half-written is never given.
 */
export function sseDecoder(): (text: string) => SseFrame[] {
  /** The pieces of a line that has not ended. They are joined once, so that a long line is not read again and again. */
  let rest: string[] = [];
  let half = '';
  let id = '';
  let data: string[] = [];

  const line = (text: string): SseFrame | null => {
    if (text === '') {
      const frame = data.length > 0 ? { id, data: data.join('\n') } : null;
      data = [];
      return frame;
    }
    const { field, value } = readField(text);
    if (field === 'data') data.push(value);
    if (field === 'id' && !value.includes('\0')) id = value;
    return null;
  };

  return (text) => {
    const whole = half + text;
    // A CR at the very end may be half of a CRLF: it waits until the next text tells.
    half = whole.endsWith('\r') ? '\r' : '';
    const lines = (half ? whole.slice(0, -1) : whole).split(/\r\n|\n|\r/);
    const last = lines.pop() ?? '';
    const [first, ...others] = lines;
    if (first === undefined) {
      rest.push(last);
      return [];
    }
    const ended = [rest.join('') + first, ...others];
    rest = [last];
    return ended.map(line).filter((frame) => frame !== null);
  };
}

function readField(line: string): { field: string; value: string } {
  const colon = line.indexOf(':');
  if (colon < 0) return { field: line, value: '' };
  const value = line.slice(colon + 1);
  return { field: line.slice(0, colon), value: value.startsWith(' ') ? value.slice(1) : value };
}
