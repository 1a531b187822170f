import { expect, vi } from 'vitest';
import { renderToStaticMarkup } from 'react-dom/server';
import ReactMarkdown from 'react-markdown';
import { elements } from './elements';
import { Markdown } from './markdown';
import { allowed, readers } from '@/lib/markdown/plugins/plugins';
import { keepUrl } from '@/lib/markdown/plugins/safe-url';
import { sourceOf } from '@/lib/markdown/blocks/source';
import { inEnglish } from '@/components/languages/testing';

/** Waits for the typesetter, which is loaded with the first formula. */
export async function formulasLoaded(): Promise<void> {
  await vi.waitFor(
    () => {
      expect(html('$x$')).toContain('<math');
    },
    { timeout: 30_000 },
  );
}

/** As the server renders it with an unlimited budget. */
export function html(text: string, streaming = false): string {
  return renderToStaticMarkup(
    inEnglish(<Markdown text={text} streaming={streaming} idPrefix="m" budget={Infinity} />),
  );
}

/** The same text parsed as a whole, with the same elements. */
export function wholeHtml(text: string): string {
  return renderToStaticMarkup(
    inEnglish(
      <div className="markdown">
        <ReactMarkdown
          components={elements}
          remarkPlugins={readers(false)}
          rehypePlugins={[allowed]}
          urlTransform={keepUrl}
        >
          {sourceOf(text)}
        </ReactMarkdown>
      </div>,
    ),
  );
}

/** Without white space between elements, and without a class that partial lists lack. */
export function comparable(markup: string): string {
  return markup
    .replace(/ class="contains-task-list"/g, '')
    .replace(/\s*(<[^>]*>)\s*/g, '$1')
    .trim();
}

/** The visible text, without code. */
export function visibleText(markup: string): string {
  return markup
    .replace(/<figure[^]*?<\/figure>|<code[^]*?<\/code>|<math[^]*?<\/math>/g, '')
    .replace(/<\/(?:p|li|h\d|td|th|tr|div)>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
