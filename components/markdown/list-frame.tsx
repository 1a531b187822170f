import type { ReactNode } from 'react';
import type { Block } from '@/lib/markdown/blocks/block';

interface Props {
  /** The first block of the list, or of this part of it. */
  readonly head: Block;
  readonly children: ReactNode;
}

/** A list element around items that are rendered one block at a time. */
export function ListFrame({ head, children }: Props) {
  const number = /^\s*(\d{1,9})[.)]/.exec(head.text)?.[1];
  if (number === undefined) return <ul dir="auto">{children}</ul>;
  const start = head.kind === 'item' ? head.number : Number(number);
  return (
    <ol dir="auto" start={start === 1 ? undefined : start}>
      {children}
    </ol>
  );
}
