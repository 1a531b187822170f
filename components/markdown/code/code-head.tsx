import { type ReactNode, type RefObject, memo } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { IconButton } from '@/components/ui/icon-button';
import { copyText } from '@/lib/client/browser/copy-text';
import { toggleCodeView, useCodeView } from '@/lib/client/reading/code-view';
import { keepPlace } from '@/lib/client/reading/keep-place';
import { saveText } from '@/lib/client/reading/save-text';
import { codeFileName } from '@/lib/markdown/code/names';
import type { CodeView } from '@/lib/page/code-view';
import { useTexts } from '@/lib/texts/use-texts';

interface Props {
  /** The info string of the fence. */
  readonly name: string;
  /** What the language calls itself. */
  readonly label: string;
  readonly written: RefObject<string>;
  /** Its first buttons. */
  readonly children?: ReactNode;
}

export const CodeHead = memo(function CodeHead({ name, label, written, children }: Props) {
  const texts = useTexts();
  const file = codeFileName(name);
  return (
    <figcaption className="md-code-head">
      <span>{label}</span>
      {children}
      <ViewButton view="numbers" label={texts.markdown.numberCode} />
      <ViewButton view="wrap" label={texts.markdown.wrapCode} />
      <IconButton
        icon="download"
        label={texts.markdown.saveCode(file)}
        onClick={() => {
          saveText(file, written.current);
        }}
      />
      <CopyButton
        label={texts.controls.copy}
        onCopy={() => copyText(written.current.replace(/\n$/, ''))}
      />
    </figcaption>
  );
});

function ViewButton({ view, label }: { readonly view: CodeView; readonly label: string }) {
  const isOn = useCodeView(view);
  return (
    <IconButton
      icon={view}
      className={`md-code-${view}`}
      label={label}
      aria-pressed={isOn}
      onClick={({ currentTarget }) => {
        keepPlace(currentTarget, () => {
          toggleCodeView(view);
        });
      }}
    />
  );
}
