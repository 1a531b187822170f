import { usePathname, useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { useSetting } from '@/lib/client/browser/use-setting';
import { exportAddress, printAddress } from '@/lib/client/net/api';
import { requestJson } from '@/lib/client/net/call';
import { useNoticeSetting } from '@/lib/client/notices/notice-setting';
import { useClientState } from '@/lib/client/page/client-state';
import { sessionAt } from '@/lib/client/page/session-address';
import { showToast } from '@/lib/client/page/toasts';
import { chooseAppearance } from '@/lib/client/page/use-appearance';
import type { Appearance } from '@/lib/page/appearance';
import { useKeepModel } from '@/lib/client/settings/use-session-model';
import { useLaterTexts, useTexts } from '@/lib/texts/use-texts';
import type { LaterTexts } from '@/lib/texts/texts';

export interface Command {
  readonly kind: 'command';
  readonly id: string;
  readonly label: string;
  readonly icon:
    | 'plus'
    | 'menu'
    | 'archive'
    | 'temporary'
    | 'trash'
    | 'download'
    | 'print'
    | 'screen'
    | 'sun'
    | 'moon'
    | 'continue'
    | 'keyboard'
    | 'bell';
  readonly run: () => void;
}

/** What can be done from the palette, here and now. */
export function useCommands(): readonly Command[] {
  const texts = useTexts();
  const { dataMenu, palette, noticeSwitch, sessionMenu } = useLaterTexts();
  const router = useRouter();
  const state = useClientState();
  const [, setModel] = useSetting('model');
  const keepModel = useKeepModel();
  const models = useModels();
  const notices = useNoticeSetting();
  const session = sessionAt(usePathname());
  const go = (address: string) => () => {
    router.push(address);
  };
  const theme = (name: Appearance['theme'], icon: Command['icon']) =>
    command(`theme ${name}`, palette.themeTitle(palette.theme[name]), icon, () => {
      chooseAppearance(state, 'theme', name);
    });
  return [
    command('new', texts.sessions.begin, 'plus', go('/')),
    command('all', texts.sessions.all, 'menu', go('/s')),
    command('archived', dataMenu.archived, 'archive', go('/archived')),
    command('deleted', dataMenu.recentlyDeleted, 'trash', go('/deleted')),
    command('temporary', texts.opens.temporary, 'temporary', go('/temporary')),
    ...(session === null ? [] : exportsOf(sessionMenu, session)),
    command('shortcuts', dataMenu.shortcuts, 'keyboard', () => {
      state.shortcuts.set(true);
    }),
    noticeCommand(noticeSwitch, notices, (text) => {
      showToast(state.toasts, text);
    }),
    theme('system', 'screen'),
    theme('light', 'sun'),
    theme('dark', 'moon'),
    ...models.map((model) =>
      command(`model ${model}`, palette.withModel(model), 'continue', () => {
        setModel(model);
        if (session !== null) void keepModel(session, model);
      }),
    ),
  ];
}

const command = (id: string, label: string, icon: Command['icon'], run: () => void): Command => ({
  kind: 'command',
  id,
  label,
  icon,
  run,
});

function noticeCommand(
  { turnOn, turnOff, isOn, refused }: LaterTexts['noticeSwitch'],
  { on, turn }: ReturnType<typeof useNoticeSetting>,
  say: (text: string) => void,
): Command {
  return command('notices', on ? turnOff : turnOn, 'bell', () => {
    void turn().then((isDone) => {
      if (!isDone || !on) say(isDone ? isOn : refused);
    });
  });
}

const exportsOf = (words: LaterTexts['sessionMenu'], session: string): Command[] => [
  command('markdown', words.exportMarkdown, 'download', () => {
    download(exportAddress(session, 'md'));
  }),
  command('json', words.exportJson, 'download', () => {
    download(exportAddress(session, 'json'));
  }),
  command('print', words.print, 'print', () => {
    window.open(printAddress(session), '_blank', 'noopener');
  }),
];

function download(address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  link.click();
}

interface Listed {
  readonly models: readonly { readonly id: string }[];
  readonly demo: boolean;
}

/** Read when the palette opens; none while they are unknown, or where only the demo answers. */
function useModels(): readonly string[] {
  const [models, setModels] = useState<readonly string[]>([]);
  useEffect(() => {
    void requestJson<Listed>('/api/models').then((answer) => {
      if (answer.ok) setModels(answer.value.demo ? [] : answer.value.models.map(({ id }) => id));
    });
  }, []);
  return models;
}
