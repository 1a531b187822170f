'use client';
import './markdown.css';
import './code-block.css';
import './model-syntax.css';
import { Suspense, lazy, type ComponentType } from 'react';
import { loadWithPatience } from './load-with-patience';
import { PlainText } from './plain-text';

interface Props {
  readonly text: string;
  readonly streaming: boolean;
  readonly idPrefix: string;
  /** The weight that may be drawn at first. */
  readonly budget: number;
}

/** Without the network it comes later, and the text stays as it is written: a page must not end for want of colours. */
async function load(): Promise<{ default: ComponentType<Props> }> {
  const loaded = await loadWithPatience(
    () => import('./markdown'),
    (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  );
  return { default: loaded?.Markdown ?? Unformatted };
}

const Heavy = lazy(load);

/** Markdown, its parser and colours loaded when first needed; until then the text as it is written. */
export function Markdown(props: Props) {
  return (
    <Suspense fallback={<Written text={props.text} />}>
      <Heavy {...props} />
    </Suspense>
  );
}

function Written({ text }: { readonly text: string }) {
  return (
    <div className="markdown">
      <PlainText text={text} />
    </div>
  );
}

/** The program was replaced by a newer one while the page was open, and its old parts are gone. */
function Unformatted({ text }: Props) {
  return (
    <>
      <Written text={text} />
      <div className="note note-warning md-reload">
        <p>This page is out of date and cannot format replies. Reload it to get the new one.</p>
        <button
          type="button"
          className="button"
          onClick={() => {
            location.reload();
          }}
        >
          Reload
        </button>
      </div>
    </>
  );
}
