import { memo, useRef, useState } from 'react';
import { CodeHead } from '@/components/markdown/code/code-head';
import { useLatest } from '@/components/markdown/code/use-latest';
import { IconButton } from '@/components/ui/icon-button';
import { useDiagram } from '@/lib/client/diagrams/use-diagram';
import { useTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly code: string;
  readonly streaming: boolean;
}

/** Drawn once its fence is closed. It has one height, as source and as picture, so that nothing around it moves. */
export const DiagramBlock = memo(function DiagramBlock({ code, streaming }: Props) {
  const texts = useTexts();
  const figure = useRef<HTMLElement>(null);
  const written = useLatest(code);
  const [asSource, setAsSource] = useState(false);
  const drawn = useDiagram(streaming ? null : code, figure);
  const picture = drawn && 'url' in drawn ? drawn : null;
  const shown = asSource ? null : picture;
  const words = texts.markdown.diagram;
  return (
    <figure ref={figure} className="md-code md-diagram">
      <CodeHead name="mermaid" label={words.language} written={written}>
        {picture && (
          <IconButton
            icon="code"
            label={words.source}
            aria-pressed={asSource}
            onClick={() => {
              setAsSource(!asSource);
            }}
          />
        )}
      </CodeHead>
      <section
        className="md-code-lines"
        aria-label={words.name}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        tabIndex={0}
      >
        {drawn && !picture && (
          <output className="md-diagram-problem">
            {words.problem('problem' in drawn ? drawn.problem : null)}
          </output>
        )}
        {shown ? (
          // oxlint-disable-next-line nextjs/no-img-element -- next/image would fetch it through the server
          <img
            className={shown.dark ? 'md-diagram-dark' : undefined}
            src={shown.url}
            width={shown.width}
            height={shown.height}
            alt={words.picture(shown.title)}
          />
        ) : (
          <pre>
            <code>{code}</code>
          </pre>
        )}
      </section>
    </figure>
  );
});
