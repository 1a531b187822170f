import type { ShownCall } from '@/lib/page/api-reference';
import { laterTexts } from '@/lib/texts/later-texts';
import { curlOf } from './examples';
import { Fields } from './fields';

interface Props {
  readonly call: ShownCall;
  readonly origin: string;
  readonly shapePrefix: string;
}

const { docs } = laterTexts;

export function Call({ call, origin, shapePrefix }: Props) {
  const { id, method, path, title, about, parameters, bodies, answers } = call;
  return (
    <article className="docs-call">
      <h3 id={id}>
        <span className="docs-method">{method}</span> <code>{path}</code>
      </h3>
      <p>
        {title}. {about}
      </p>
      <pre>
        <code>{curlOf(origin, call)}</code>
      </pre>
      {parameters.length > 0 && <Fields heading={docs.parameters} fields={parameters} />}
      {bodies.map((fields, at) => (
        <Fields
          // The forms of a body have no names.
          key={at}
          heading={bodies.length > 1 ? docs.bodyForm(at + 1) : docs.body}
          fields={fields}
        />
      ))}
      <h4>{docs.responses}</h4>
      <dl>
        {answers.map(({ status, about: description, type, shape }) => (
          <div key={status}>
            <dt>
              <code>{status}</code>
            </dt>
            <dd>
              {description}{' '}
              {Number(status) < 300 && type && <span className="docs-type">{type}</span>}{' '}
              {shape && <a href={`#${shapePrefix}${shape}`}>{shape}</a>}
            </dd>
          </div>
        ))}
      </dl>
    </article>
  );
}
