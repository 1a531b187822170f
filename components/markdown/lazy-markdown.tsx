'use client';
import './markdown.css';
import './code-block.css';
import { Suspense, lazy, type ComponentType } from 'react';

interface Props {
  readonly text: string;
  readonly streaming: boolean;
  readonly idPrefix: string;
}

const AGAIN_MS = 3000;

/** Without the network it comes later, and the text stays as it is written: a page must not end for want of colours. */
async function load(): Promise<{ default: ComponentType<Props> }> {
  for (;;) {
    try {
      return { default: (await import('./markdown')).Markdown };
    } catch {
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}

const Heavy = lazy(load);

/** Markdown, its parser and colours loaded when first needed; until then the text as it is written. */
export function Markdown(props: Props) {
  return (
    <Suspense fallback={<div className="markdown md-plain">{props.text}</div>}>
      <Heavy {...props} />
    </Suspense>
  );
}
