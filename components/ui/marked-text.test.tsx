import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { texts } from '@/lib/texts/texts';
import { MarkedText } from './marked-text';

const drawn = (text: string) => renderToStaticMarkup(<MarkedText text={text} />);

test('what is marked is drawn with weight or as code, and the rest as it is', () => {
  expect(drawn('Type **delete** in `.env` & <go>')).toBe(
    'Type <strong>delete</strong> in <code>.env</code> &amp; &lt;go&gt;',
  );
  expect(drawn('2 * 3 ** 4 `')).toBe('2 * 3 ** 4 `');
});

test('the advice of the demo is the same to a person, to a program and under a reply', () => {
  const advice =
    'Set OPENAI_API_KEY, or OPENAI_BASE_URL for your own server, then restart Ask-Next.';
  const { notice, hint, signature } = texts.demo;
  for (const text of [notice, hint, signature]) expect(text.replaceAll('`', '')).toContain(advice);
  expect(hint).not.toContain('`');
  expect(drawn(notice)).toContain('<code>OPENAI_API_KEY</code>');
});
