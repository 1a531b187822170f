'use client';

import { useState } from 'react';
import { failureSentence } from '@/lib/texts/failure-sentence';
import { useTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly problem: Parameters<typeof failureSentence>[1] & {
    /** By which an operator finds it in the log. */
    readonly ref: string | null;
  };
}

export function ProblemText({ problem }: Props) {
  const texts = useTexts();
  return (
    <>
      {failureSentence(texts, problem)} {problem.ref && <Details id={problem.ref} />}
    </>
  );
}

/** The reference is for an operator: it is shown when it is asked for, and one press selects all of it. */
function Details({ id }: { id: string }) {
  const texts = useTexts();
  const [open, setOpen] = useState(false);
  if (open)
    return (
      <span
        ref={(shown) => {
          shown?.focus();
        }}
        tabIndex={-1}
        className="ref"
      >
        {texts.controls.reference(id)}
      </span>
    );
  return (
    <button
      type="button"
      className="ref"
      onClick={() => {
        setOpen(true);
      }}
    >
      {texts.controls.details}
    </button>
  );
}
