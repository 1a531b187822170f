import { expect, test } from 'vitest';
import { mentionsIn } from '@/lib/markdown/text/mentions';
import { linkDefinitionsIn, noteDefinitionIn } from './references';

test('references are the bracketed labels outside code', () => {
  const { links, notes, fullLinks } = mentionsIn(
    '[A  b] [text][ref] [^n] `[no]` ``[no ` either]``',
  );
  expect([...links.keys()]).toEqual(['A B', 'TEXT', 'REF']);
  expect(fullLinks).toEqual(['REF']);
  expect(notes).toEqual(['N']);
});

test('link definitions are read from the start of a block, with titles and over two lines', () => {
  const text =
    '\n[a]: https://example.org\n[B c]: <x y> "t"\n[d]:\n  /e\n[f]: g \'h\'\nThe rest [z]: no\n';
  expect(linkDefinitionsIn(text).map(([label]) => label)).toEqual(['A', 'B C', 'D', 'F']);
});

test('a definition with anything after its title is ignored', () => {
  expect(linkDefinitionsIn('[a]: b "c" d\n')).toEqual([]);
});

test('a footnote definition is split into its label and its unindented content', () => {
  expect(noteDefinitionIn('[^Big]: one\n\n    two\n\n        code\n')).toEqual([
    'BIG',
    'one\n\ntwo\n\n    code\n',
  ]);
  expect(noteDefinitionIn('[a]: b')).toBeNull();
});
