import { expect, test } from 'vitest';
import { html } from '@/components/markdown/testing';

const fence = (lines: number) => `\`\`\`py\n${'x = 1\n'.repeat(lines)}\`\`\`\n`;

test('code of more than 40 lines is folded, unless it is still being written', () => {
  expect(html(fence(41))).toContain('>Show all 41 lines</button>');
  expect(html(fence(41))).toContain('data-folded="true"');
  expect(html(fence(40))).not.toContain('md-code-fold');
  const growing = html(`\`\`\`py\n${'x = 1\n'.repeat(60)}`, true);
  expect(growing).toContain('>Show fewer lines</button>');
  expect(growing).not.toContain('data-folded');
});

test('each line of code can have a number, also without a language, but not of very long lines', () => {
  expect(html('```\na\nb\n\nc\n```').match(/<code>.*<\/code>/s)?.[0]).toBe(
    '<code><span>a\n</span><span>b\n</span><span>\n</span><span>c</span></code>',
  );
  expect(html(fence(3))).toContain('md-code-lined');
  expect(html(`\`\`\`\n${'a'.repeat(600)}\n${'b\n'.repeat(300)}\`\`\``)).not.toContain(
    'md-code-lined',
  );
});

test.each([
  ['ts', 'TypeScript', 'code.ts'],
  ['C++', 'C++', 'code.cpp'],
  ['Dockerfile', 'Dockerfile', 'Dockerfile'],
  ['constructor', 'constructor', 'code.txt'],
  ['', 'Text', 'code.txt'],
])('code in %j has the name %s, and is saved as %s', (written, name, file) => {
  const shown = html(`\`\`\`${written}\nx\n\`\`\``);
  expect(shown).toContain(`<span>${name}</span>`);
  expect(shown).toContain(`aria-label="Download as ${file}"`);
});
