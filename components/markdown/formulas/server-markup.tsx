import { type ReactNode, useState } from 'react';
import { useTakenOver } from '@/components/loading/lazy-component';

interface Props {
  /** Identifies the content: while it stays the same, so do the elements that the server rendered. */
  readonly of: string;
  readonly className: string;
  /** It scrolls, so the keyboard must reach it. */
  readonly focusable: boolean;
  readonly children: ReactNode;
}

const UNTOUCHED = { __html: '' };

/** Content without behaviour. Hydration keeps the server's elements as they are, so their code is not needed. */
export function ServerMarkup({ of, className, focusable, children }: Props) {
  const taken = useTakenOver();
  const [first] = useState(of);
  const frame = { className, ...(focusable && { tabIndex: 0 }) };
  if (taken && of === first && typeof window !== 'undefined') {
    // React compares no HTML when it hydrates, and sets it only when it changes.
    return (
      <span key="kept" {...frame} dangerouslySetInnerHTML={UNTOUCHED} suppressHydrationWarning />
    );
  }
  return (
    <span key="drawn" {...frame}>
      {children}
    </span>
  );
}
