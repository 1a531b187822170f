'use client';
import './markdown.css';
import { Suspense, lazy } from 'react';

interface Props {
  readonly text: string;
  readonly streaming: boolean;
  readonly idPrefix: string;
}

const Heavy = lazy(async () => ({ default: (await import('./markdown')).Markdown }));

/** Markdown, its parser and colours loaded when first needed; until then the text as it is written. */
export function Markdown(props: Props) {
  return (
    <Suspense fallback={<div className="markdown md-plain">{props.text}</div>}>
      <Heavy {...props} />
    </Suspense>
  );
}
