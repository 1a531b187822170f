import type { Field } from '@/lib/page/api-reference';
import type { ServerTexts } from '@/lib/texts/texts';

interface Props {
  readonly words: ServerTexts['docs'];
  readonly heading: string | null;
  readonly fields: readonly Field[];
}

export function Fields({ words, heading, fields }: Props) {
  return (
    <>
      {heading && <h4>{heading}</h4>}
      <dl>
        {fields.map(({ name, type, isRequired, about }) => (
          <div key={name}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>
              <span className="docs-type">{type}</span>
              {isRequired && <span className="docs-required"> {words.required}</span>}
              {about && <span> {about}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
