import { useEffect, useState } from 'react';
import { readTags } from '@/lib/client/sessions/list-api';
import { isSameTag, tidyTag, withoutDoubles, type TagEdit } from '@/lib/sessions/tags/tags';

/** Whether a tag is on all sessions, on none, or on some of them. */
export type Share = 'all' | 'some' | 'none';

export interface TagChoice {
  readonly tag: string;
  readonly share: Share;
}

interface Tagged {
  readonly tags?: readonly string[];
}

/** How many of the sessions have each tag, in any case; `known`: all tags of the owner, in the spelling to show. */
export function choicesOf(sessions: readonly Tagged[], known: readonly string[]): TagChoice[] {
  const own = sessions.flatMap(({ tags }) => tags ?? []);
  const names = withoutDoubles([...known, ...own]).toSorted((a, b) => a.localeCompare(b));
  return names.map((tag) => {
    const has = ({ tags = [] }: Tagged) => tags.some((other) => isSameTag(tag, other));
    const having = sessions.filter(has).length;
    return { tag, share: having === sessions.length ? 'all' : having > 0 ? 'some' : 'none' };
  });
}

/** What was changed: a tag that only some sessions have, and that was not touched, is in neither list. */
export function editOf(before: readonly TagChoice[], after: readonly TagChoice[]): TagEdit {
  const was = new Map(before.map(({ tag, share }) => [tag, share]));
  const changed = after.filter(({ tag, share }) => share !== (was.get(tag) ?? 'none'));
  const named = (share: Share) =>
    changed.filter((choice) => choice.share === share).map(({ tag }) => tag);
  return { add: named('all'), remove: named('none') };
}

/** Chooses a typed tag, in the spelling that is known. */
export function withTyped(choices: readonly TagChoice[], typed: string): readonly TagChoice[] {
  const tag = tidyTag(typed);
  if (tag === '') return choices;
  const known = choices.find((choice) => isSameTag(choice.tag, tag));
  if (!known) return [...choices, { tag, share: 'all' }];
  return choices.map((choice) => (choice === known ? { ...choice, share: 'all' } : choice));
}

/** The tags to choose from. Null until the owner's are read; those of the sessions if that fails. */
export function useTagChoices(sessions: readonly Tagged[]) {
  const [before, setBefore] = useState<readonly TagChoice[] | null>(null);
  const [choices, setChoices] = useState<readonly TagChoice[]>([]);
  const [initial] = useState(sessions);
  useEffect(() => {
    let unmounted = false;
    void readTags().then((answer) => {
      if (unmounted) return;
      const known = answer.ok ? answer.value.tags.map(({ tag }) => tag) : [];
      const read = choicesOf(initial, known);
      setBefore(read);
      setChoices(read);
    });
    return () => {
      unmounted = true;
    };
  }, [initial]);
  return {
    choices: before && choices,
    edit: (typed: string): TagEdit => editOf(before ?? [], withTyped(choices, typed)),
    add(typed: string) {
      setChoices(withTyped(choices, typed));
    },
    choose(tag: string, chosen: boolean) {
      setChoices(
        choices.map((choice) =>
          choice.tag === tag ? { tag, share: chosen ? 'all' : 'none' } : choice,
        ),
      );
    },
  };
}
