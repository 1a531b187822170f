import { expect, test } from 'vitest';
import { shownTitle } from './title';

const ofOpening = (opening: string | null) => shownTitle({ title: null, opening }, 'New chat');

test('a given title is shown unchanged', () => {
  expect(shownTitle({ title: 'Trip to Rome', opening: 'Hello' }, 'New chat')).toBe('Trip to Rome');
});

test('a session without title or messages is a new session', () => {
  expect(ofOpening(null)).toBe('New chat');
  expect(ofOpening(' \n ')).toBe('New chat');
});

test('the first line with words is the title', () => {
  expect(ofOpening('\n---\n## Plan the **garden**\nmore')).toBe('Plan the garden');
});

test('a message that starts with a code block is named by its code', () => {
  expect(ofOpening('```\nconst a = 1;\n```')).toBe('const a = 1;');
});

test('a long opening is cut between words', () => {
  const title = ofOpening('Please explain to me how the tides work and why there are two of them');
  expect(title).toBe('Please explain to me how the tides work and why there are…');
});

test('a long opening without spaces is cut, but not inside a character', () => {
  expect(ofOpening('🌊'.repeat(90))).toBe(`${'🌊'.repeat(60)}…`);
});
