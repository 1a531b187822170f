import {
  createContext,
  use,
  useLayoutEffect,
  useMemo,
  useState,
  type Dispatch,
  type SetStateAction,
} from 'react';
import type { ListedSession } from '@/lib/page/session-page';
import { readSession, renameSession } from '@/lib/client/net/api';
import { shownTitle } from '@/lib/sessions/title';
import { useClientState, type ClientState } from '@/lib/client/page/client-state';
import { hideToast, showToast } from '@/lib/client/page/toasts';
import { isConflict } from '@/lib/client/net/problem';
import { failureSentence } from '@/lib/texts/failure-sentence';
import { arranging, type Arranging } from './arrange-list';
import type { ListRemoval } from './list-removal';
import { insert, titled, movedToTop, without, type Sessions, type Titles } from './session-list';
import { observable, type Observable, useObservable } from '@/lib/client/browser/observable';
import type { Texts } from '@/lib/texts/texts';
import { useTexts } from '@/lib/texts/use-texts';

/** The session was renamed elsewhere while it was being renamed here. */
export interface RenameConflict {
  readonly id: string;
  readonly mine: string;
  readonly theirs: string;
  /** The other title as stored. */
  readonly expected: string | null;
}

/** The sidebar's list and its actions. Changes are optimistic and rolled back on failure. */
export interface SessionList extends Arranging {
  readonly sessions: Sessions;
  /** A session, listed or not, with the title last given in this tab. */
  named<Session extends Pick<ListedSession, 'id' | 'title'>>(session: Session): Session;
  /** A conflict for the user to resolve; null: none. */
  readonly conflict: RenameConflict | null;
  add(session: ListedSession): void;
  touch(id: string, text: string): void;
  /** Removes the row of a session that is deleted already. */
  drop(id: string): void;
  /** `session` as it was when renaming began: another title since is a conflict. */
  rename(session: Pick<ListedSession, 'id' | 'title'>, title: string): Promise<void>;
  settle(conflict: RenameConflict, keep: 'mine' | 'theirs'): void;
  /** Deletes or archives. Resolves to true when done, and offers an undo. `undone` is called after an undo. */
  remove(session: ListedSession, by: ListRemoval, undone: () => void): Promise<boolean>;
}

/**
 * The same while the page is open: React re-renders components that are not hydrated yet when a context around them
 * changes.
 */
export const SessionListContext = createContext<Observable<SessionList> | null>(null);

export function useSessionList(): SessionList {
  const list = use(SessionListContext);
  if (!list) throw new Error('Used outside the app shell');
  return useObservable(list, list.get());
}

/** Shares the list with the components below. */
export function useSharedList(list: SessionList): Observable<SessionList> {
  const [shared] = useState(() => observable(list));
  useLayoutEffect(() => {
    shared.set(list);
  }, [shared, list]);
  return shared;
}

/** Holds the list from the server; a newer one replaces it. */
export function useSessionListState(initial: Sessions): SessionList {
  const client = useClientState();
  const texts = useTexts();
  const latest = useObservable(client.latestPage, null)?.page.sessions ?? initial;
  const [state, setState] = useState<State>({
    source: initial,
    sessions: initial,
    titles: NONE,
    conflict: null,
  });
  if (state.source !== latest)
    setState({ ...state, source: latest, sessions: latest, titles: NONE });
  const actions = useMemo(() => listActions(setState, client, texts), [client, texts]);
  const { sessions, titles, conflict } = state;
  return useMemo(() => {
    const isListed = ({ id }: ListedSession) => sessions.some((session) => session.id === id);
    return {
      ...actions,
      conflict,
      sessions: sessions.map((session) => titled(session, titles)),
      named: (session) => titled(session, titles),
      remove: (session, by, undone) =>
        actions.remove(session, { by, undone, listed: isListed(session) }),
    };
  }, [sessions, titles, conflict, actions]);
}

const NONE: Titles = new Map();

interface State {
  readonly source: Sessions;
  readonly sessions: Sessions;
  readonly titles: Titles;
  readonly conflict: RenameConflict | null;
}

type Actions = Omit<SessionList, 'sessions' | 'named' | 'conflict' | 'remove'> & {
  /** `listed`: it has a row, which is restored on failure. */
  remove(
    session: ListedSession,
    how: { by: ListRemoval; undone: () => void; listed: boolean },
  ): Promise<boolean>;
};

/** The conflict to resolve; null when the other title cannot be read. */
async function renamedElsewhere(
  id: string,
  mine: string,
  untitled: string,
): Promise<RenameConflict | null> {
  const now = await readSession(id);
  if (!now.ok) return null;
  const { title } = now.value;
  return { id, mine, expected: title, theirs: shownTitle({ title, opening: null }, untitled) };
}

function renaming(
  setState: Dispatch<SetStateAction<State>>,
  show: (text: string) => string,
  { pendingWrites, texts }: Pick<ClientState, 'pendingWrites'> & { readonly texts: Texts },
): SessionList['rename'] {
  const retitle = (id: string, title: string | null) => {
    setState((state) => ({ ...state, titles: new Map(state.titles).set(id, title) }));
  };

  return async ({ id, title: expected }, title) => {
    retitle(id, title);
    const answer = await pendingWrites.during(renameSession(id, title, expected));
    if (answer.ok) return;
    const conflict = isConflict(answer.problem)
      ? await renamedElsewhere(id, title, texts.sessions.untitled)
      : null;
    retitle(id, conflict ? conflict.expected : expected);
    if (conflict) setState((state) => ({ ...state, conflict }));
    else show(texts.sessions.notRenamed(failureSentence(texts, answer.problem)));
  };
}

function listActions(
  setState: Dispatch<SetStateAction<State>>,
  { toasts, pendingWrites }: Pick<ClientState, 'toasts' | 'pendingWrites'>,
  texts: Texts,
): Actions {
  const show = showToast.bind(null, toasts);
  const change = (by: (sessions: Sessions) => Sessions) => {
    setState((state) => ({ ...state, sessions: by(state.sessions) }));
  };
  const rename = renaming(setState, show, { pendingWrites, texts });
  const add = (session: ListedSession) => {
    change((sessions) => insert(sessions, session));
  };

  const undo = async (id: string, by: ListRemoval): Promise<boolean> => {
    const answer = await pendingWrites.during(by.undo(id));
    if (!answer.ok) show(by.notUndone(failureSentence(texts, answer.problem)));
    return answer.ok;
  };

  return {
    ...arranging({ texts, change, show, pendingWrites }),
    add,
    rename,
    settle({ id, mine, expected }, keep) {
      setState((state) => ({ ...state, conflict: null }));
      if (keep === 'mine') void rename({ id, title: expected }, mine);
    },
    touch(id, text) {
      change((sessions) => movedToTop(sessions, id, text, new Date().toISOString()));
    },
    drop(id) {
      change((sessions) => without(sessions, id));
    },
    async remove(session, { by, undone, listed }) {
      change((sessions) => without(sessions, session.id));
      const answer = await pendingWrites.during(by.remove(session.id));
      if (answer.ok || answer.problem.code === 404) {
        const run = () => {
          hideToast(toasts, id);
          void undo(session.id, by).then((isBack) => {
            if (isBack && listed) add(session);
            if (isBack) undone();
          });
        };
        const id = show(by.done, { label: texts.deletion.undo, run });
        return true;
      }
      if (listed) add(session);
      show(by.notDone(failureSentence(texts, answer.problem)));
      return false;
    },
  };
}
