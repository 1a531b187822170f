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
import { deleteSession, readSession, renameSession, restoreSession } from '@/lib/client/net/api';
import { shownTitle } from '@/lib/sessions/title';
import { useClientState, type ClientState } from '@/lib/client/page/client-state';
import { hideToast, showToast } from '@/lib/client/page/toasts';
import { isConflict } from '@/lib/client/net/problem';
import { failureSentence } from '@/lib/texts/failure-sentence';
import { insert, titled, movedToTop, without, type Sessions, type Titles } from './session-list';
import { observable, type Observable, useObservable } from '@/lib/client/browser/observable';
import { texts } from '@/lib/texts/texts';

/** The session was renamed elsewhere while it was being renamed here. */
export interface RenameConflict {
  readonly id: string;
  readonly mine: string;
  readonly theirs: string;
  /** The other title as stored. */
  readonly seen: string | null;
}

/** The sidebar's list and its actions. Changes are optimistic and rolled back on failure. */
export interface SessionList {
  readonly sessions: Sessions;
  /** A session, listed or not, with the title last given in this tab. */
  named<Session extends Pick<ListedSession, 'id' | 'title'>>(session: Session): Session;
  /** A conflict for the user to resolve; null: none. */
  readonly conflict: RenameConflict | null;
  add(session: ListedSession): void;
  touch(id: string, words: string): void;
  /** Removes the row of a session that is deleted already. */
  drop(id: string): void;
  /** `session` as it was when renaming began: another title since is a conflict. */
  rename(session: Pick<ListedSession, 'id' | 'title'>, title: string): Promise<void>;
  settle(conflict: RenameConflict, keep: 'mine' | 'theirs'): void;
  /** Resolves to true when deleted, and offers an undo. `restored` is called after an undo. */
  remove(session: ListedSession, restored: () => void): Promise<boolean>;
}

/** The same as long as the page is open: React renders anew what is not hydrated yet when a context around it changes. */
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
export function useSessionListState(given: Sessions): SessionList {
  const client = useClientState();
  const latest = useObservable(client.latestPage, null)?.page.sessions ?? given;
  const [state, setState] = useState<State>({
    given,
    sessions: given,
    titles: NONE,
    conflict: null,
  });
  if (state.given !== latest) setState({ ...state, given: latest, sessions: latest, titles: NONE });
  const actions = useMemo(() => listActions(setState, client), [client]);
  const { sessions, titles, conflict } = state;
  return useMemo(() => {
    const isListed = ({ id }: ListedSession) => sessions.some((session) => session.id === id);
    return {
      ...actions,
      conflict,
      sessions: sessions.map((session) => titled(session, titles)),
      named: (session) => titled(session, titles),
      remove: (session, restored) => actions.remove(session, restored, isListed(session)),
    };
  }, [sessions, titles, conflict, actions]);
}

const NONE: Titles = new Map();

interface State {
  readonly given: Sessions;
  readonly sessions: Sessions;
  readonly titles: Titles;
  readonly conflict: RenameConflict | null;
}

type Actions = Pick<SessionList, 'add' | 'touch' | 'drop' | 'rename' | 'settle'> & {
  /** `listed`: it has a row, which is restored on failure. */
  remove(session: ListedSession, restored: () => void, listed: boolean): Promise<boolean>;
};

/** The conflict to resolve; null when the other title cannot be read. */
async function renamedElsewhere(id: string, mine: string): Promise<RenameConflict | null> {
  const now = await readSession(id);
  if (!now.ok) return null;
  const { title: seen } = now.value;
  return { id, mine, seen, theirs: shownTitle({ title: seen, opening: null }) };
}

function renaming(
  setState: Dispatch<SetStateAction<State>>,
  show: (text: string) => string,
  { pendingWrites }: Pick<ClientState, 'pendingWrites'>,
): SessionList['rename'] {
  const retitle = (id: string, title: string | null) => {
    setState((state) => ({ ...state, titles: new Map(state.titles).set(id, title) }));
  };

  return async ({ id, title: seen }, title) => {
    retitle(id, title);
    const answer = await pendingWrites.during(renameSession(id, title, seen));
    if (answer.ok) return;
    const conflict = isConflict(answer.problem) ? await renamedElsewhere(id, title) : null;
    retitle(id, conflict ? conflict.seen : seen);
    if (conflict) setState((state) => ({ ...state, conflict }));
    else show(texts.sessions.notRenamed(failureSentence(answer.problem)));
  };
}

function listActions(
  setState: Dispatch<SetStateAction<State>>,
  { toasts, pendingWrites }: Pick<ClientState, 'toasts' | 'pendingWrites'>,
): Actions {
  const show = showToast.bind(null, toasts);
  const change = (by: (sessions: Sessions) => Sessions) => {
    setState((state) => ({ ...state, sessions: by(state.sessions) }));
  };
  const rename = renaming(setState, show, { pendingWrites });
  const add = (session: ListedSession) => {
    change((sessions) => insert(sessions, session));
  };

  const restore = async (id: string): Promise<boolean> => {
    const answer = await pendingWrites.during(restoreSession(id));
    if (!answer.ok) show(texts.deletion.notRestored(failureSentence(answer.problem)));
    return answer.ok;
  };

  return {
    add,
    rename,
    settle({ id, mine, seen }, keep) {
      setState((state) => ({ ...state, conflict: null }));
      if (keep === 'mine') void rename({ id, title: seen }, mine);
    },
    touch(id, words) {
      change((sessions) => movedToTop(sessions, id, words, new Date().toISOString()));
    },
    drop(id) {
      change((sessions) => without(sessions, id));
    },
    async remove(session, restored, listed) {
      change((sessions) => without(sessions, session.id));
      const answer = await pendingWrites.during(deleteSession(session.id));
      if (answer.ok || answer.problem.code === 404) {
        const undo = () => {
          hideToast(toasts, id);
          void restore(session.id).then((isBack) => {
            if (isBack && listed) add(session);
            if (isBack) restored();
          });
        };
        const id = show(texts.deletion.deleted, { label: texts.deletion.undo, run: undo });
        return true;
      }
      if (listed) add(session);
      show(texts.deletion.notDeleted(failureSentence(answer.problem)));
      return false;
    },
  };
}
