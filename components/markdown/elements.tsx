import { type ComponentProps, createContext, useContext } from 'react';
import type { Components, ExtraProps } from 'react-markdown';
import { Fenced } from './fenced';
import { languageNamed } from '@/lib/markdown/blocks/fence';
import { Formula } from './formulas/formula';
import { Table } from './tables/table';
import { hostOf, inlineImage, safeLink } from '@/lib/markdown/plugins/safe-url';
import { isSplitNumber } from '@/lib/markdown/tables/numeric';
import { useTexts } from '@/lib/texts/use-texts';

type Node = NonNullable<ExtraProps['node']>;
type Child = Node['children'][number];

/** Prefix for ids, which must be unique on a page with many texts. */
export const IdPrefix = createContext('md');
export const IsStreaming = createContext(false);
/** Links cannot be nested: the outer one counts. */
const IsInLink = createContext(false);

function Anchor({ href = '', children }: ComponentProps<'a'>) {
  const inLink = useContext(IsInLink);
  const url = safeLink(href);
  if (url === null || inLink) return <span>{children}</span>;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer nofollow">
      <IsInLink value>{children}</IsInLink>
    </a>
  );
}

/** A remote image can leak the conversation to its server, so it is a link until the user opens it. */
function Image({ src, alt = '' }: ComponentProps<'img'>) {
  const texts = useTexts();
  const inLink = useContext(IsInLink);
  const url = typeof src === 'string' ? src : '';
  const inline = inlineImage(url);
  // oxlint-disable-next-line nextjs/no-img-element -- next/image would fetch it through the server
  if (inline !== null) return <img className="md-image" src={inline} alt={alt} />;
  if (inLink) return <span>{alt || texts.markdown.image}</span>;
  const link = safeLink(url);
  const host = link === null ? null : hostOf(link);
  const label = texts.markdown.remoteImage(alt, host);
  if (link === null) return <span className="md-remote-image">{label}</span>;
  return (
    <a className="md-remote-image" href={link} target="_blank" rel="noopener noreferrer nofollow">
      {label}
    </a>
  );
}

function Pre({ node }: ComponentProps<'pre'> & ExtraProps) {
  const streaming = useContext(IsStreaming);
  const code = node?.children.find((child) => child.type === 'element');
  const classes = code?.properties['className'];
  const named = Array.isArray(classes)
    ? classes.map(String).find((name) => name.startsWith('language-'))
    : undefined;
  return (
    <Fenced
      name={languageNamed(named?.slice('language-'.length) ?? '')}
      code={code ? textOf(code) : ''}
      coloured
      streaming={streaming}
    />
  );
}

function textOf(node: Child): string {
  if (node.type === 'text') return node.value;
  return node.type === 'element' ? node.children.map(textOf).join('') : '';
}

/** Markers are on the side where the text starts. */
function List({ children, className }: ComponentProps<'ul'>) {
  return (
    <ul dir="auto" className={className}>
      {children}
    </ul>
  );
}

function NumberedList({ children, className, start }: ComponentProps<'ol'>) {
  return (
    <ol dir="auto" className={className} start={start}>
      {children}
    </ol>
  );
}

/** The border is on the side where the text starts. */
function Quote({ children }: ComponentProps<'blockquote'>) {
  return <blockquote dir="auto">{children}</blockquote>;
}

function MathElement({ node }: ExtraProps) {
  return <Formula source={node ? textOf(node) : ''} />;
}

/** Alignment arrives as a style attribute, which the content security policy forbids. */
function alignment(style: ComponentProps<'td'>['style']): string | undefined {
  return style?.textAlign === undefined ? undefined : `md-${style.textAlign}`;
}

function HeaderCell({ children, style }: ComponentProps<'th'>) {
  return (
    <th scope="col" className={alignment(style)}>
      {children}
    </th>
  );
}

function Cell({ node, children, style }: ComponentProps<'td'> & ExtraProps) {
  const isNumber = node?.children.length === 1 && isSplitNumber(textOf(node));
  const classes = [alignment(style), isNumber && 'md-number'].filter(Boolean).join(' ');
  return <td className={classes || undefined}>{children}</td>;
}

function Superscript({ node, children }: ComponentProps<'sup'> & ExtraProps) {
  return node?.properties['dataNote'] === undefined ? (
    <sup>{children}</sup>
  ) : (
    <NoteMark node={node} />
  );
}

function NoteMark({ node }: { readonly node: Node }) {
  const texts = useTexts();
  const prefix = useContext(IdPrefix);
  const inLink = useContext(IsInLink);
  const { dataNote, dataFirst, dataDefined } = node.properties;
  const number = String(dataNote);
  if (dataDefined !== true) return <sup className="md-note-mark">{number}</sup>;
  const id = dataFirst === true ? `${prefix}-mark-${number}` : undefined;
  if (inLink) {
    return (
      <sup className="md-note-mark" id={id}>
        {number}
      </sup>
    );
  }
  return (
    <sup className="md-note-mark">
      <a href={`#${prefix}-note-${number}`} id={id} aria-label={texts.markdown.footnote(number)}>
        {number}
      </a>
    </sup>
  );
}

function TaskBox({ checked }: ComponentProps<'input'>) {
  const texts = useTexts();
  return (
    <input
      type="checkbox"
      disabled
      checked={checked === true}
      readOnly
      aria-label={checked ? texts.markdown.taskDone : texts.markdown.taskOpen}
    />
  );
}

export const elements: Components = {
  a: Anchor,
  img: Image,
  pre: Pre,
  ul: List,
  ol: NumberedList,
  table: Table,
  th: HeaderCell,
  td: Cell,
  sup: Superscript,
  blockquote: Quote,
  var: MathElement,
  input: TaskBox,
};
