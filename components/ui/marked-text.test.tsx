import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { MarkedText } from './marked-text';

const drawn = (text: string) => renderToStaticMarkup(<MarkedText text={text} />);

test('what is marked is drawn with weight or as code, and the rest as it is', () => {
  expect(drawn('Type **delete** in `.env` & <go>')).toBe(
    'Type <strong>delete</strong> in <code>.env</code> &amp; &lt;go&gt;',
  );
  expect(drawn('2 * 3 ** 4 `')).toBe('2 * 3 ** 4 `');
});
