import {
  type Fence,
  LEADING_BLANK_LINES,
  expandTabs,
  fenceAfter,
  fenceAt,
} from '@/lib/markdown/text/lines';

export interface FencedCode {
  readonly language: string;
  readonly code: string;
  readonly closed: boolean;
}

/** The name in what stands after a fence, such as `python`, `{.python}` or `js {1,3}`. */
export const languageNamed = (info: string): string =>
  /^(?:\{? *\.)?([^\s{}]*)/.exec(info.trim())?.[1] ?? '';

/** Splits a fenced block; `streaming` leaves out what may become the closing line. */
export function fencedCode(text: string, streaming: boolean): FencedCode {
  const start = LEADING_BLANK_LINES.exec(text)?.[0].length ?? 0;
  const [, lead = '', head = '', ending = ''] =
    /^( *)([^\r\n]*)(\r\n|\n|\r|$)/.exec(text.slice(start)) ?? [];
  const fence = fenceAt(expandTabs(head).trimEnd()) ?? { char: '`', length: 3, inner: null };
  const language = languageNamed(head.slice(fence.length));
  const body = text.slice(start + lead.length + head.length + ending.length);
  const { content, closed } = withoutClosing(body, fence, streaming);
  const code = content.replace(/\r\n?/g, '\n');
  return { language, code: lead === '' ? code : outdented(code, lead.length), closed };
}

function withoutClosing(body: string, fence: Fence, streaming: boolean) {
  const end = body.trimEnd();
  const lastLine = Math.max(end.lastIndexOf('\n'), end.lastIndexOf('\r')) + 1;
  const last = expandTabs(end.slice(lastLine));
  const content = body.slice(0, lastLine).replace(/(?:\r\n|\n|\r)$/, '');
  if (closes(body.slice(0, lastLine), last, fence)) return { content, closed: true };
  const halfClosed =
    streaming && end === body && /^ {0,3}[`~]+$/.test(last) && last.trim().startsWith(fence.char);
  return { content: halfClosed ? content : body, closed: false };
}

/** Whether the last line closes the fence or a nested one. */
function closes(body: string, last: string, fence: Fence): boolean {
  let open = fence;
  if (fence.inner !== null)
    for (const line of body.split(/\r\n|\n|\r/)) open = fenceAfter(expandTabs(line), open) ?? open;
  return fenceAfter(last, open) === null;
}

function outdented(code: string, columns: number): string {
  return code.replace(new RegExp(`^ {1,${columns}}`, 'gm'), '');
}
