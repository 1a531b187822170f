import { useMemo } from 'react';
import type { PageModels } from '@/lib/page/session-page';
import { useSetting } from '@/lib/client/browser/use-setting';

export interface SendSettings {
  readonly model: string;
  readonly stream: boolean;
  readonly setModel: (model: string) => void;
  readonly setStream: (stream: boolean) => void;
}

/** This browser's send settings, limited to models that are still available. */
export function useSendSettings({ models }: PageModels): SendSettings {
  const [chosen, setModel] = useSetting('model');
  const [streaming, setStreaming] = useSetting('stream');
  const model = chosen !== null && models.includes(chosen) ? chosen : (models[0] ?? '');
  const stream = streaming !== 'off';
  return useMemo(
    () => ({
      model,
      stream,
      setModel,
      setStream: (on: boolean) => {
        setStreaming(on ? 'on' : 'off');
      },
    }),
    [model, stream, setModel, setStreaming],
  );
}
