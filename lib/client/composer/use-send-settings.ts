import { useMemo } from 'react';
import type { PageModels } from '@/lib/page/session-page';
import { useSetting } from '@/lib/client/browser/use-setting';
import { useKeepModel, useSessionModel } from '@/lib/client/settings/use-session-model';

export interface SendSettings {
  readonly model: string;
  readonly stream: boolean;
  readonly setModel: (model: string) => void;
  readonly setStream: (stream: boolean) => void;
}

/**
 * How the next message is sent. The model is the session's; a new session begins with the one that was picked last in
 * this browser. Limited to models that are still available. `stored`: undefined while the session is not known.
 */
export function useSendSettings(
  { models }: PageModels,
  sessionId: string | null,
  stored: string | null | undefined,
): SendSettings {
  const [chosen, choose] = useSetting('model');
  const [streaming, setStreaming] = useSetting('stream');
  const own = useSessionModel(sessionId, stored);
  const keep = useKeepModel();
  const available = (name: string | null | undefined) => models.find((each) => each === name);
  const model = available(own === undefined ? chosen : own) ?? models[0] ?? '';
  const stream = streaming !== 'off';
  return useMemo(
    () => ({
      model,
      stream,
      setModel: (next: string) => {
        choose(next);
        if (sessionId !== null) void keep(sessionId, next);
      },
      setStream: (on: boolean) => {
        setStreaming(on ? 'on' : 'off');
      },
    }),
    [model, stream, choose, keep, sessionId, setStreaming],
  );
}
