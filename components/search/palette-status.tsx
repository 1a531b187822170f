import { Autocomplete } from '@base-ui/react/autocomplete';
import { ProblemText } from '@/components/ui/problem-text';
import type { Search } from '@/lib/client/search/use-search';
import { useLaterTexts } from '@/lib/texts/use-texts';

/** Says how the search goes, to those who do not see the list, too. */
export function PaletteStatus({ search }: { readonly search: Search }) {
  const words = useLaterTexts().palette;
  const { status, results, problem, isIndexing } = search;
  const done = results.length > 0 ? words.found(results.length) : words.none;
  return (
    <Autocomplete.Status className="palette-status">
      {problem ? (
        <ProblemText problem={problem} />
      ) : (
        { idle: '', searching: words.searching, done }[status]
      )}
      {isIndexing && ` ${words.indexing}`}
    </Autocomplete.Status>
  );
}
