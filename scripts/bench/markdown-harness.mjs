/** The code that runs in the browser: renders growing replies of several shapes and measures each update. */
export const HARNESS = `
    import { flushSync } from 'react-dom';
    import { createRoot } from 'react-dom/client';
    import ReactMarkdown from 'react-markdown';
    import remarkGfm from 'remark-gfm';
    import { Markdown } from './components/markdown/markdown';

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
    const item = (n) => \`\${n}. **Step \${n}.** Take the *input* and look at \\\`part \${n}\\\` of it, then

   \\\`\\\`\\\`bash
   run --part \${n}
   \\\`\\\`\\\`

\`;
    const code = (n) => \`export const part\${n} = (input: string) => input.slice(\${n}); // and so on\\n\`;
    const row = (n) => \`| part \${n} | **\${n * 2}** | a remark |\\n\`;
    const shapes = {
      mixed: ['', section],
      'one list': ['', item],
      'one code block': ['\\\`\\\`\\\`ts\\n', code],
      'one table': ['| part | value | note |\\n|---|--:|---|\\n', row],
    };
    const answer = (shape, length) => {
      const [start, part] = shapes[shape];
      let text = start;
      for (let n = 1; text.length < length; n += 1) text += part(n);
      return text;
    };
    const kinds = {
      naive: (text) => <ReactMarkdown remarkPlugins={[remarkGfm]}>{text}</ReactMarkdown>,
      ours: (text) => <Markdown text={text} streaming idPrefix="m" />,
    };
    globalThis.measure = ({ kind, shape, size, updates, step }) => {
      const text = answer(shape, size + updates * step);
      const root = createRoot(document.getElementById('root'));
      const show = (length) => flushSync(() => root.render(kinds[kind](text.slice(0, length))));
      show(size);
      const times = [];
      for (let update = 1; update <= updates; update += 1) {
        const start = performance.now();
        show(size + update * step);
        times.push(performance.now() - start);
      }
      root.unmount();
      times.sort((a, b) => a - b);
      return { median: times[Math.floor(updates / 2)], p95: times[Math.floor(updates * 0.95)] };
    };
`;
