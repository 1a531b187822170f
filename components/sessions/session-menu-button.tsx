import { useState } from 'react';
import { lazyOverlay } from '@/components/loading/lazy-overlay';
import { LazyTagsDialog } from '@/components/tags/lazy-tags-dialog';
import { MenuButton } from '@/components/ui/menus/menu-button';
import { shownTitle } from '@/lib/sessions/title';
import { useTexts } from '@/lib/texts/use-texts';
import type { SessionMenuProps } from './session-menu';

const LazySessionMenu = lazyOverlay<SessionMenuProps>(
  async () => (await import('./session-menu')).SessionMenu,
);

interface Props extends Pick<SessionMenuProps, 'session' | 'onRename' | 'onSettings'> {
  readonly icon?: 'more' | 'open';
}

/** The actions on a whole session. */
export function SessionMenuButton({ icon = 'more', ...rest }: Props) {
  const { sessions: words } = useTexts();
  const { session } = rest;
  const [tagging, setTagging] = useState(false);
  return (
    <>
      <MenuButton
        icon={icon}
        label={words.actions(shownTitle(session, words.untitled))}
        preload={LazySessionMenu.preload}
      >
        {(menu) => (
          <LazySessionMenu
            {...menu}
            {...rest}
            onTags={() => {
              setTagging(true);
            }}
          />
        )}
      </MenuButton>
      {tagging && (
        <LazyTagsDialog
          sessions={[session]}
          onClose={() => {
            setTagging(false);
          }}
        />
      )}
    </>
  );
}
