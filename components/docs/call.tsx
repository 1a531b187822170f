import type { ShownCall } from '@/lib/page/api-reference';
import type { ServerTexts } from '@/lib/texts/texts';
import { curlOf } from './examples';
import { Fields } from './fields';

interface Props {
  readonly words: ServerTexts['docs'];
  readonly call: ShownCall;
  readonly origin: string;
  readonly shapePrefix: string;
}

export function Call({ words, call, origin, shapePrefix }: Props) {
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
      {parameters.length > 0 && (
        <Fields words={words} heading={words.parameters} fields={parameters} />
      )}
      {bodies.map((fields, at) => (
        <Fields
          words={words}
          // The forms of a body have no names.
          key={at}
          heading={bodies.length > 1 ? words.bodyForm(at + 1) : words.body}
          fields={fields}
        />
      ))}
      <h4>{words.responses}</h4>
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
