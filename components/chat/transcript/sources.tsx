import './sources.css';
import type { ReplyItem } from '@/lib/client/transcript/transcript-items';
import { useTexts } from '@/lib/texts/use-texts';

type Cited = NonNullable<ReplyItem['sources']>;

/** A collapsible line with the reply's sources as numbered links; nothing if there are none. */
export function Sources({ sources }: { readonly sources: Cited }) {
  const texts = useTexts();
  if (sources.length === 0) return null;
  return (
    <details className="sources">
      <summary>
        {texts.transcript.sources(sources.length)}
        <span className="sources-hosts"> · {hostsOf(sources).join(' · ')}</span>
      </summary>
      <ol>
        {sources.map(({ url, title }) => (
          <li key={url}>
            <a
              href={url}
              target="_blank"
              rel="noopener noreferrer"
              // For paper, where a link cannot be followed.
              data-address={title === url ? undefined : url}
            >
              {title ?? hostOf(url)}
            </a>{' '}
            {title !== null && hostOf(url)}
          </li>
        ))}
      </ol>
    </details>
  );
}

/** More are cut off by the line. */
const HOSTS_MAX = 8;

const hostsOf = (sources: Cited): readonly string[] =>
  [...new Set(sources.map(({ url }) => hostOf(url)))].slice(0, HOSTS_MAX);

const hostOf = (url: string): string => new URL(url).host.replace(/^www\./, '');
