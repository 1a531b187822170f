import './docs.css';
import { PageBar } from '@/components/shell/page-bar';
import type { ApiReference } from '@/lib/page/api-reference';
import type { ServerTexts } from '@/lib/texts/texts';
import { Call } from './call';
import { completionExamples } from './examples';
import { Fields } from './fields';

interface Props {
  readonly words: ServerTexts['docs'];
  readonly reference: ApiReference;
  /** How this server is reached. */
  readonly origin: string;
}

const SHAPE = 'shape-';

/** Every call of the API. Rendered on the server alone, so it needs no script. */
export function DocsPage({ words, reference, origin }: Props) {
  return (
    <div className="page">
      <PageBar />
      <div className="plain-page docs" id="main" tabIndex={-1}>
        <h1>{words.heading}</h1>
        <p>{words.about}</p>
        <p>
          <a href="/openapi.json" download="openapi.json">
            {words.document}
          </a>
        </p>
        <Begin words={words} origin={origin} />
        <Contents words={words} reference={reference} />
        {reference.groups.map(({ name, calls }) => (
          <section key={name} lang="en" className="docs-group" aria-labelledby={anchorOf(name)}>
            <h2 id={anchorOf(name)}>{name}</h2>
            {calls.map((call) => (
              <Call key={call.id} words={words} call={call} origin={origin} shapePrefix={SHAPE} />
            ))}
          </section>
        ))}
        <Shapes words={words} shapes={reference.shapes} />
      </div>
    </div>
  );
}

const anchorOf = (name: string): string => `group-${name.replaceAll(/\W+/g, '-').toLowerCase()}`;

function Contents({ words, reference }: Pick<Props, 'words' | 'reference'>) {
  return (
    <nav className="docs-contents" aria-label={words.contents}>
      {reference.groups.map(({ name, calls }) => (
        <div key={name}>
          <a href={`#${anchorOf(name)}`}>{name}</a>
          <ul>
            {calls.map(({ id, method, path }) => (
              <li key={id}>
                <a href={`#${id}`}>
                  <span className="docs-method">{method}</span> {path}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function Begin({ words, origin }: Pick<Props, 'words' | 'origin'>) {
  const baseUrl = `${origin}/v1`;
  const examples = completionExamples(baseUrl);
  return (
    <section className="docs-group" aria-labelledby="begin">
      <h2 id="begin">{words.begin}</h2>
      <p>
        {words.baseUrl} <code>{baseUrl}</code>
      </p>
      <p>{words.key}</p>
      {(['curl', 'javascript', 'python'] as const).map((language) => (
        <figure key={language}>
          <figcaption>{words.languages[language]}</figcaption>
          <pre>
            <code>{examples[language]}</code>
          </pre>
        </figure>
      ))}
      <p>{words.session}</p>
    </section>
  );
}

function Shapes({ words, shapes }: Pick<Props, 'words'> & Pick<ApiReference, 'shapes'>) {
  return (
    <section className="docs-group" aria-labelledby="shapes">
      <h2 id="shapes">{words.shapes}</h2>
      {shapes.map(({ name, about, forms }) => (
        <article key={name} lang="en" className="docs-call">
          <h3 id={SHAPE + name}>{name}</h3>
          {about && <p>{about}</p>}
          {forms.map((fields, at) => (
            <Fields
              words={words}
              // The forms of a shape have no names.
              key={at}
              heading={forms.length > 1 ? words.form(at + 1) : null}
              fields={fields}
            />
          ))}
        </article>
      ))}
    </section>
  );
}
