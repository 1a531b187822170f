import type { ReactNode } from 'react';

interface Props {
  /** The text that the list begins with. */
  readonly text: string;
  readonly children: ReactNode;
}

/** The list element around items that are rendered one block at a time. */
export function ListFrame({ text, children }: Props) {
  const number = /^\s*(\d{1,9})[.)]/.exec(text)?.[1];
  if (number === undefined) return <ul dir="auto">{children}</ul>;
  const start = Number(number);
  return (
    <ol dir="auto" start={start === 1 ? undefined : start}>
      {children}
    </ol>
  );
}
