import { Autocomplete } from '@base-ui/react/autocomplete';
import { ProblemText } from '@/components/ui/problem-text';
import type { Search } from '@/lib/client/search/use-search';
import { texts } from '@/lib/texts/texts';

/** Says how the search goes, to those who do not see the list, too. */
export function PaletteStatus({ search }: { readonly search: Search }) {
  const { status, results, problem, isIndexing } = search;
  const done = results.length > 0 ? texts.search.found(results.length) : texts.search.none;
  return (
    <Autocomplete.Status className="palette-status">
      {problem ? (
        <ProblemText problem={problem} />
      ) : (
        { idle: '', searching: texts.search.searching, done }[status]
      )}
      {isIndexing && ` ${texts.search.indexing}`}
    </Autocomplete.Status>
  );
}
