'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useRef, type ReactNode } from 'react';
import { listAddress, LIST_PATHS, type ListKind } from '@/lib/page/list-address';
import type { ListChoices, ListFilters as Filters } from '@/lib/page/session-page';
import { useModelName } from '@/lib/client/models/model-names';
import { useLaterTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly list: ListKind;
  readonly filters: Filters;
  readonly choices: ListChoices;
}

const NAMES = ['sort', 'tag', 'model'] as const satisfies readonly (keyof Filters)[];
type Chosen = Record<(typeof NAMES)[number], string>;

/** A form, so that it works without JavaScript; with it a choice shows at once. */
export function ListFilters({ list, filters, choices }: Props) {
  const laterTexts = useLaterTexts();
  const nameOf = useModelName();
  const router = useRouter();
  const choose = (changed: Partial<Chosen>) => {
    router.push(listAddress(list, { ...filters, ...changed } as Filters));
  };
  const { tags, models } = choices;
  const shown: Chosen = {
    sort: filters.sort ?? (list === 'current' ? 'updated' : ''),
    tag: filters.tag ?? '',
    model: filters.model ?? '',
  };
  const form = useRef<HTMLFormElement>(null);
  // React keeps values chosen before hydration, but fires no change event for them.
  const chooseEarly = useEffectEvent(() => {
    const chosen = Object.fromEntries(new FormData(form.current ?? undefined)) as Partial<Chosen>;
    if (NAMES.some((name) => (chosen[name] ?? shown[name]) !== shown[name])) choose(chosen);
  });
  useEffect(() => {
    chooseEarly();
  }, []);
  return (
    <form ref={form} className="list-filters" action={LIST_PATHS[list]} autoComplete="off">
      <Choice name="sort" label={laterTexts.bulk.sort} value={shown.sort} onChoose={choose}>
        {list === 'archived' && <option value="">{laterTexts.bulk.lastArchived}</option>}
        {Object.entries(laterTexts.bulk.sorts).map(([sort, name]) => (
          <option key={sort} value={sort}>
            {name}
          </option>
        ))}
      </Choice>
      {(tags.length > 0 || filters.tag !== undefined) && (
        <Choice name="tag" label={laterTexts.bulk.tag} value={shown.tag} onChoose={choose}>
          <Names any={laterTexts.bulk.anyTag} names={tags} chosen={filters.tag} />
        </Choice>
      )}
      {(models.length > 1 || filters.model !== undefined) && (
        <Choice name="model" label={laterTexts.bulk.model} value={shown.model} onChoose={choose}>
          <Names
            any={laterTexts.bulk.anyModel}
            names={models}
            chosen={filters.model}
            shown={nameOf}
          />
        </Choice>
      )}
      <noscript>
        <button className="button" type="submit">
          {laterTexts.bulk.show}
        </button>
      </noscript>
    </form>
  );
}

interface ChoiceProps {
  readonly name: keyof Filters;
  readonly label: string;
  readonly value: string;
  readonly onChoose: (changed: Partial<Chosen>) => void;
  readonly children: ReactNode;
}

function Choice({ name, label, value, onChoose, children }: ChoiceProps) {
  return (
    <label>
      {label}
      <select
        name={name}
        value={value}
        onChange={(event) => {
          onChoose({ [name]: event.target.value });
        }}
      >
        {children}
      </select>
    </label>
  );
}

interface NamesProps {
  readonly any: string;
  readonly names: readonly string[];
  readonly chosen: string | undefined;
  /** How people read a name. */
  readonly shown?: (name: string) => string;
}

function Names({ any, names, chosen, shown = String }: NamesProps) {
  const all = chosen === undefined || names.includes(chosen) ? names : [chosen, ...names];
  return (
    <>
      <option value="">{any}</option>
      {all.map((name) => (
        <option key={name} value={name}>
          {shown(name)}
        </option>
      ))}
    </>
  );
}
