import { createContext, use, useMemo, useState, type Dispatch, type SetStateAction } from 'react';
import type { ListedSession } from '@/lib/sessions/session-page';
import { deleteSession, renameSession, restoreSession } from './api';
import { useClientState, type Toast } from './client-state';
import { newId } from './new-id';
import { insert, retitled, touched, without, type Sessions } from './session-list';
import type { ValueStore } from './value-store';

/** The sidebar's list and what can be done with it. Each change shows at once and is taken back if it fails. */
export interface SessionList {
  readonly sessions: Sessions;
  add(session: ListedSession): void;
  touch(id: string, words: string): void;
  rename(session: ListedSession, title: string): Promise<void>;
  /** Offers to undo it; `restored` is called when that has happened. */
  remove(session: ListedSession, restored: () => void): Promise<void>;
}

export const SessionListContext = createContext<SessionList | null>(null);

export function useSessionList(): SessionList {
  const list = use(SessionListContext);
  if (!list) throw new Error('Used outside the app shell');
  return list;
}

/** Holds the list that the server gave; a newer one from the server replaces it. */
export function useSessionListState(given: Sessions): SessionList {
  const { toast } = useClientState();
  const [state, setState] = useState({ given, sessions: given });
  if (state.given !== given) setState({ given, sessions: given });
  const actions = useMemo(() => listActions(setState, toast), [toast]);
  const { sessions } = state;
  return useMemo(() => ({ sessions, ...actions }), [sessions, actions]);
}

interface State {
  readonly given: Sessions;
  readonly sessions: Sessions;
}

function listActions(
  setState: Dispatch<SetStateAction<State>>,
  toast: ValueStore<Toast | null>,
): Omit<SessionList, 'sessions'> {
  const change = (by: (sessions: Sessions) => Sessions) => {
    setState((state) => ({ ...state, sessions: by(state.sessions) }));
  };
  const say = (text: string, action: Toast['action'] = null) => {
    toast.set({ id: newId(), text, action });
  };
  const add = (session: ListedSession) => {
    change((sessions) => insert(sessions, session));
  };

  const restore = async (session: ListedSession, restored: () => void) => {
    toast.set(null);
    const answer = await restoreSession(session.id);
    if (!answer.ok) {
      say(`The session is still deleted. ${answer.problem.message}`);
      return;
    }
    add(session);
    restored();
  };

  return {
    add,
    touch(id, words) {
      change((sessions) => touched(sessions, id, words, new Date().toISOString()));
    },
    async rename({ id, title: previous }, title) {
      change((sessions) => retitled(sessions, id, title));
      const answer = await renameSession(id, title);
      if (answer.ok) return;
      change((sessions) => retitled(sessions, id, previous));
      say(`The session keeps its name. ${answer.problem.message}`);
    },
    async remove(session, restored) {
      change((sessions) => without(sessions, session.id));
      const answer = await deleteSession(session.id);
      if (answer.ok || answer.problem.code === 404) {
        say('Session deleted', { label: 'Undo', run: () => void restore(session, restored) });
        return;
      }
      add(session);
      say(`The session was not deleted. ${answer.problem.message}`);
    },
  };
}
