import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import ts from 'typescript';

/** What a person reads or hears of an element; `label` is what our own components call theirs. */
const READ = new Set(['aria-label', 'alt', 'label', 'placeholder', 'title', 'description']);
const LETTER = /\p{L}/u;

/** The literal texts of a source file that a person would read, each with its line. */
function literalTexts(file: string, source: string): string[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const note = (node: ts.Node, text: string) => {
    if (!LETTER.test(text)) return;
    const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
    found.push(`${file}:${String(line + 1)} ${text.trim()}`);
  };
  const walk = (node: ts.Node, isRead: boolean) => {
    if (ts.isJsxText(node)) note(node, node.text);
    if (isRead && (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || isSpan(node)))
      note(node, node.text);
    ts.forEachChild(node, (child) => {
      walk(child, staysRead(child, isRead));
    });
  };
  walk(tree, false);
  return found;
}

const isSpan = (node: ts.Node): node is ts.TemplateMiddle | ts.TemplateTail =>
  ts.isTemplateMiddle(node) || ts.isTemplateTail(node);

/** Whether a literal below this node would be read, where one above it would be or not. */
function staysRead(node: ts.Node, isRead: boolean): boolean {
  if (ts.isJsxAttribute(node)) return READ.has(node.name.getText());
  if (ts.isPropertyAssignment(node)) return READ.has(node.name.getText());
  if (ts.isJsxExpression(node)) return isRead || ts.isJsxElement(node.parent) || isFragment(node);
  // A name of what to look up, to compare or to call with is not shown itself.
  const isName = ts.isElementAccessExpression(node) || ts.isCallExpression(node);
  const isCompared = ts.isBinaryExpression(node) && COMPARES.has(node.operatorToken.kind);
  return isRead && !isName && !isCompared && !ts.isFunctionLike(node);
}

const isFragment = (node: ts.Node) => ts.isJsxFragment(node.parent);

const COMPARES = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
]);

test('every text that a person reads stands in lib/texts', () => {
  const files = globSync('{components,app}/**/*.{ts,tsx}').filter(
    (file) => !/\.test\.tsx?$|\/fixtures\/|^app\/api\//.test(file),
  );
  expect(files.length).toBeGreaterThan(60);
  expect(files.flatMap((file) => literalTexts(file, readFileSync(file, 'utf8')))).toEqual([]);
});

/** A sentence, however it is used: two words and a capital at their head. */
const SENTENCE = /^\p{Lu}\p{Ll}* \p{Ll}/u;

test('what the browser says besides stands there too', () => {
  const files = globSync('lib/client/**/*.ts').filter((file) => !file.endsWith('.test.ts'));
  expect(files.length).toBeGreaterThan(50);
  const sentences = files.flatMap((file) => {
    const found: string[] = [];
    const walk = (node: ts.Node) => {
      // What is thrown is for who writes the program.
      if (ts.isNewExpression(node) && node.expression.getText().endsWith('Error')) return;
      const isText = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || isSpan(node);
      if (isText && SENTENCE.test(node.text)) found.push(`${file}: ${node.text}`);
      ts.forEachChild(node, walk);
    };
    walk(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
    return found;
  });
  expect(sentences).toEqual([]);
});

test('a text is found wherever it is read, and a name is not taken for one', () => {
  const found = (source: string) => literalTexts('x.tsx', source).length;
  for (const text of [
    'const a = <p>Hello</p>;',
    'const a = <p>{busy ? "Wait" : `Go on, ${name}`}</p>;',
    'const a = <img alt="A boat" />;',
    'const a = <IconButton label={open ? "Close" : text.open} />;',
    'const a = <input placeholder={`Ask ${name}`} />;',
    'export const metadata = { title: "Deleted" };',
  ])
    expect([text, found(text)]).not.toEqual([text, 0]);
  for (const none of [
    'const a = <p className="note" dir="auto">{texts.hello} · {count}</p>;',
    'const a = <p>{state === "open" && texts.open}</p>;',
    'const a = <p>{WORDS["open"]}{say("open")}</p>;',
    'const a = <div>{items.map((item) => <p key="a">{item.text}</p>)}</div>;',
  ])
    expect([none, found(none)]).toEqual([none, 0]);
});
