import { useEffect, useRef } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { copyText } from '@/lib/client/browser/copy-text';
import { useTexts, useLaterTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly name: string;
  readonly secret: string;
  readonly onDone: () => void;
}

/** The secret of a new key, the only time that it can be seen. */
export function MadeKey({ name, secret, onDone }: Props) {
  const laterTexts = useLaterTexts();
  const texts = useTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  // The button that had the focus is gone.
  useEffect(() => {
    heading.current?.focus();
  }, []);
  return (
    <section className="keys-made">
      <h3 ref={heading} tabIndex={-1}>
        {laterTexts.keys.made(name)}
      </h3>
      <p>{laterTexts.keys.once}</p>
      <figure>
        <pre>{secret}</pre>
        <CopyButton label={texts.controls.copy} onCopy={() => copyText(secret)} />
      </figure>
      <Button className="button button-primary" onClick={onDone}>
        {laterTexts.keys.done}
      </Button>
    </section>
  );
}
