/** A diagram as a picture, or why there is none. */
export type Drawn =
  | {
      readonly url: string;
      readonly width: number;
      readonly height: number;
      readonly title: string;
      readonly dark: boolean;
    }
  | { readonly problem: string | null };

interface Answer {
  readonly id: number;
  readonly svg?: string;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly problem?: string;
}

/** Longer sources and larger pictures are not drawn. In UTF-16 units. */
const SOURCE_MAX = 8_000;
const PICTURE_MAX = 1_000_000;
/** Its code is loaded with the first one, then a diagram takes a tenth of a second. */
const PATIENCE_MS = 20_000;

/** Draws one after the other, in a frame that the first one opens and that stays. */
let turn: Promise<unknown> = Promise.resolve();
let frame: Promise<{ readonly port: MessagePort; readonly element: HTMLIFrameElement }> | null =
  null;
let count = 0;

/** Draws Mermaid. `name`: of its frame. `problem: null` says that it cannot be drawn here: too large, too slow, or not loaded. */
export function drawDiagram(source: string, dark: boolean, name: string): Promise<Drawn> {
  if (source.length > SOURCE_MAX) return Promise.resolve({ problem: null });
  const drawing = turn.then(() => requestDrawing(source, dark, name));
  // One that fails must not stop the next.
  turn = drawing.catch(() => undefined);
  return drawing;
}

async function requestDrawing(source: string, dark: boolean, name: string): Promise<Drawn> {
  const { port, element } = await (frame ??= openFrame(name));
  count += 1;
  const id = count;
  const answered = new AbortController();
  const answer = await new Promise<Answer | null>((resolve) => {
    const timer = setTimeout(() => {
      resolve(null);
    }, PATIENCE_MS);
    const listen = ({ data }: MessageEvent<Answer>) => {
      if (data.id !== id) return;
      clearTimeout(timer);
      resolve(data);
    };
    port.addEventListener('message', listen, { signal: answered.signal });
    port.postMessage({ id, source, dark });
  });
  answered.abort();
  if (answer) return drawnOf(answer, dark);
  // It may compute for ever: the next diagram gets another one.
  element.remove();
  frame = null;
  return { problem: null };
}

function drawnOf({ svg, width, height, title, problem }: Answer, dark: boolean): Drawn {
  if (svg === undefined) return { problem: problem ?? null };
  if (svg.length > PICTURE_MAX || !(width > 0) || !(height > 0)) return { problem: null };
  return {
    url: `data:image/svg+xml,${encodeURIComponent(svg.toWellFormed())}`,
    width,
    height,
    title,
    dark,
  };
}

function openFrame(name: string): NonNullable<typeof frame> {
  const element = document.createElement('iframe');
  element.src = '/diagrams/frame.html';
  element.className = 'md-diagram-frame';
  element.title = name;
  element.tabIndex = -1;
  element.setAttribute('aria-hidden', 'true');
  element.setAttribute('sandbox', 'allow-scripts');
  return new Promise((resolve) => {
    element.addEventListener(
      'load',
      () => {
        const { port1: port, port2 } = new MessageChannel();
        // The frame has an opaque origin, so no target origin can be named.
        element.contentWindow?.postMessage(null, '*', [port2]);
        port.start();
        resolve({ port, element });
      },
      { once: true },
    );
    document.body.append(element);
  });
}
