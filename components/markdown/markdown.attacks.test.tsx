import { beforeAll, expect, test } from 'vitest';
import { atLength } from '@/tests/faults/chance';
import { attacks } from './fixtures/attacks';
import { formulasLoaded, html } from './testing';

beforeAll(formulasLoaded);

const TAGS = new Set(
  [
    'a blockquote br button code del details div em figcaption figure h1 h2 h3 h4 h5 h6 hr img input kbd li mark ol',
    'p path pre rect section span strong sub summary sup svg table tbody td th thead tr ul',
    'annotation math menclose mfrac mi mn mo mover mpadded mphantom mroot mrow mspace msqrt mstyle msub msubsup msup',
    'mtable mtd mtext mtr munder munderover semantics',
  ].flatMap((names) => names.split(' ')),
);
const ATTRIBUTES = new Set(
  [
    'alt aria-hidden aria-label aria-live aria-pressed checked class d data-folded dir disabled focusable href id readOnly rel role scope src',
    'rx ry start tabindex target title type viewBox x y',
    'accent accentunder columnalign columnlines columnspacing display displaystyle encoding fence height linebreak',
    'linethickness lspace mathbackground mathcolor mathsize mathvariant maxsize minsize notation rowalign rowlines',
    'rowspacing rspace scriptlevel separator stretchy symmetric voffset width',
  ].flatMap((names) => names.split(' ')),
);
const TAG = /<(\/?)([a-zA-Z][\w-]*)((?: [\w:-]+="[^"<>]*")*)\/?>/g;

/** Allowed values of attributes that could be harmful. */
const VALUES: Record<string, RegExp> = {
  href: /^(?:https?:\/\/|mailto:|#m-)/i,
  src: /^data:image\/(?:png|jpeg|gif|webp);base64,[\w+/=]*$/,
  dir: /^auto$/,
};

/** Everything in the markup that is not allowed. */
function dangers(markup: string): string[] {
  const found: string[] = [];
  const rest = markup.replace(TAG, (_, close: string, name: string, attributes: string) => {
    if (!TAGS.has(name)) found.push(`<${name}>`);
    if (close && attributes) found.push(attributes);
    for (const [, key = '', value = ''] of attributes.matchAll(/ ([\w:-]+)="([^"]*)"/g)) {
      if (!ATTRIBUTES.has(key)) found.push(key);
      if (VALUES[key]?.test(value) === false) found.push(value);
    }
    return '';
  });
  if (/[<>]/.test(rest)) found.push(rest);
  return found;
}

test('the check itself finds what is dangerous', () => {
  expect(dangers('<script>alert(1)</script>')).not.toEqual([]);
  expect(dangers('<a href="javascript:alert(1)">x</a>')).not.toEqual([]);
  expect(dangers('<img src="https://example.org/a.png"/>')).not.toEqual([]);
  expect(dangers('<p onclick="alert(1)">x</p>')).not.toEqual([]);
  expect(dangers('<p>x')).toEqual([]);
});

test(`none of ${attacks.length} attacks gets through, whole or streamed`, () => {
  expect(attacks.length).toBeGreaterThan(300);
  expect(attacks.filter((attack) => dangers(html(attack)).length > 0)).toEqual([]);
  expect(attacks.filter((attack) => dangers(html(attack, true)).length > 0)).toEqual([]);
});

/** `npm run faults` cuts after every character, `npm test` after some: at other places in each attack. */
const EVERY = atLength() ? 1 : 13;

test('half an attack does not get through either', () => {
  const halves = attacks.flatMap((attack, number) =>
    Array.from({ length: attack.length }, (_, at) => attack.slice(0, at + 1)).filter(
      (_, at) => (at + number) % EVERY === 0,
    ),
  );
  expect(halves.length).toBeGreaterThan(attacks.length);
  expect(halves.filter((half) => dangers(html(half, true)).length > 0)).toEqual([]);
}, 600_000);
