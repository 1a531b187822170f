import type { Field } from '@/lib/page/api-reference';
import { laterTexts } from '@/lib/texts/later-texts';

interface Props {
  readonly heading: string | null;
  readonly fields: readonly Field[];
}

export function Fields({ heading, fields }: Props) {
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
              {isRequired && <span className="docs-required"> {laterTexts.docs.required}</span>}
              {about && <span> {about}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
