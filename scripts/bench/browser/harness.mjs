/**
 * The code that runs in the browser: `stream` shows a long answer, adds a token every 10 ms, and answers how the main
 * thread coped. As text, since one of its imports is installed only while the bench runs.
 */
export const HARNESS = `
    import './app/globals.css';
    import './components/markdown/markdown.css';
    import './components/markdown/code/code-block.css';
    import './components/markdown/tables/table.css';
    import './components/markdown/model-syntax.css';
    import { useSyncExternalStore } from 'react';
    import { createRoot } from 'react-dom/client';
    import ReactMarkdown from 'react-markdown';
    import remarkGfm from 'remark-gfm';
    import { Streamdown } from 'streamdown';
    import { English } from './components/languages/english';
    import { Markdown } from './components/markdown/markdown';
    import { browserDrawPace } from './lib/client/turns/draw-pace';

    const section = (n) => \`## Part \${n}: what happens here

A paragraph with **bold words**, some *stress*, \\\`inline code\\\` and a [link](https://example.org/\${n}) that goes on for about two lines, as answers do.

1. First, take the **input** and look at it
2. Then *transform* it with \\\`map\\\`
   - keep what is new
   - drop what is not

| name | value | note |
|------|------:|------|
| one | \${n} | first |
| two | \${n * 2} | second |

\\\`\\\`\\\`ts
export function part\${n}(input: readonly string[]): number {
  // counts what is long enough
  return input.filter((word) => word.length > \${n}).length;
}
\\\`\\\`\\\`

> A remark that somebody made about part \${n}.

\`;
    const answer = (length) => {
      let text = '';
      for (let n = 1; text.length < length; n += 1) text += section(n);
      return text;
    };

    const kinds = {
      'react-markdown': (text) => <ReactMarkdown remarkPlugins={[remarkGfm]}>{text}</ReactMarkdown>,
      streamdown: (text) => <Streamdown>{text}</Streamdown>,
      'Ask-Next': (text, streaming) => (
        <English>
          <Markdown text={text} streaming={streaming} idPrefix="m" budget={1_000} />
        </English>
      ),
    };

    const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    const frame = () => new Promise(requestAnimationFrame);
    const FRAME_MS = 1000 / 60;

    /** Resolves when nothing has changed for a second: some draw a long text bit by bit. */
    const settled = (element) =>
      new Promise((resolve) => {
        let timer;
        const observer = new MutationObserver(() => again());
        const again = () => {
          clearTimeout(timer);
          timer = setTimeout(() => {
            observer.disconnect();
            resolve();
          }, 1000);
        };
        observer.observe(element, { subtree: true, childList: true, characterData: true });
        again();
      });

    function watchFrames() {
      const gaps = [];
      const tasks = [];
      const observer = new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) tasks.push(duration);
      });
      observer.observe({ entryTypes: ['longtask'] });
      let last = performance.now();
      let ended = false;
      const next = (now) => {
        gaps.push(now - last);
        last = now;
        if (!ended) requestAnimationFrame(next);
      };
      requestAnimationFrame(next);
      return () => {
        ended = true;
        observer.disconnect();
        const dropped = gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / FRAME_MS) - 1), 0);
        return { dropped, frames: gaps.length + dropped, longest: Math.max(0, ...tasks) };
      };
    }

    globalThis.prepare = async ({ kind, before }) => {
      let state = { text: answer(before), streaming: true };
      const listeners = new Set();
      const subscribe = (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      };
      const Reply = () => {
        const { text, streaming } = useSyncExternalStore(subscribe, () => state);
        return kinds[kind](text, streaming);
      };
      const element = document.getElementById('root');
      createRoot(element).render(<Reply />);
      const last = state.text.match(/about part \\d+/g).at(-1);
      while (!element.textContent.includes(last)) await frame();
      await settled(element);
      globalThis.stream = async ({ updates, everyMs, characters }) => {
        const begun = answer(before).length;
        const whole = answer(begun + updates * characters);
        const end = '\\n\\nThe last words.';
        const tell = () => {
          for (const listener of listeners) listener();
        };
        // As in each program: ours leaves it to its pace when to draw.
        let waiting = false;
        const pace = kind === 'Ask-Next' ? browserDrawPace() : (draw) => draw();
        const frames = watchFrames();
        const started = performance.now();
        for (let sent = 0; sent < updates; ) {
          await wait(everyMs);
          // A late timer catches up, as tokens that waited in the network do.
          sent = Math.min(updates, Math.floor((performance.now() - started) / everyMs));
          const text = whole.slice(0, begun + sent * characters);
          state = { text: sent === updates ? text + end : text, streaming: true };
          // The end of a reply is drawn at once.
          if (sent === updates) tell();
          else if (!waiting) {
            waiting = true;
            pace(() => {
              waiting = false;
              tell();
            });
          }
        }
        const sentAt = performance.now();
        while (!element.textContent.includes(end.trim())) await frame();
        return { ...frames(), behind: performance.now() - sentAt };
      };
    };
`;
