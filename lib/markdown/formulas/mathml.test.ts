import type { Nodes } from 'hast';
import { expect, test } from 'vitest';
import { MAX_FORMULA, mathml } from './mathml';

function* elementsIn(node: Nodes): Generator<{ tagName: string; properties: object }> {
  if (node.type === 'element') yield node;
  if ('children' in node) for (const child of node.children) yield* elementsIn(child);
}

const tagsOf = (tex: string): readonly string[] =>
  [...elementsIn(mathml(tex, false) ?? { type: 'root', children: [] })].map(
    ({ tagName }) => tagName,
  );

test('a formula becomes MathML with its source', () => {
  expect(tagsOf('\\frac{a}{b}')).toEqual('math semantics mrow mfrac mi mi annotation'.split(' '));
  expect(JSON.stringify(mathml('a<b\\text{\'">}', true))).toContain(
    JSON.stringify('a<b\\text{\'">}'),
  );
});

test('no formula contains a style, a class or a URL', () => {
  const all = String.raw`\fcolorbox{red}{blue}{x} \colorbox{red}{y} \textcolor{red}{z} \boxed{a} \cancel{b} \rule{1em}{2em} \phase{c} \begin{array}{|c|}\hline 1\\\hline\end{array} \href{https://example.org}{x} \includegraphics{https://example.org/a.png} \tag{1}`;
  const names = [...elementsIn(mathml(all, true) ?? { type: 'root', children: [] })].flatMap(
    ({ properties }) => Object.keys(properties),
  );
  expect(names).toContain('mathbackground');
  for (const name of ['style', 'class', 'className', 'href', 'src', 'id', 'xmlns'])
    expect(names).not.toContain(name);
});

test.each([
  ['invalid TeX', '\\frac{a}'],
  ['an unknown command', '\\nonsense{x}'],
  ['a definition', '\\def\\a{xx}\\a'],
  ['a new command', '\\newcommand{\\a}{xx}\\a'],
  ['a formula above the maximum length', 'x'.repeat(MAX_FORMULA + 1)],
  ['deep nesting', `${'\\sqrt{'.repeat(80)}x${'}'.repeat(80)}`],
  ['nested brackets', `${'\\left('.repeat(80)}x${'\\right)'.repeat(80)}`],
  ['too many macro expansions', '\\implies '.repeat(200)],
])('%s is not typeset', (_, tex) => {
  expect(mathml(tex, false)).toBeNull();
});
