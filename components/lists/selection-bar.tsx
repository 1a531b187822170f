import { useState, type ReactNode } from 'react';
import { ConfirmDeletion } from '@/components/sessions/confirm-deletion';
import { LazyTagsDialog } from '@/components/tags/lazy-tags-dialog';
import { Button } from '@/components/ui/button';
import { Icon, type IconName } from '@/components/ui/icon';
import { IconButton } from '@/components/ui/icon-button';
import { Menu } from '@/components/ui/menus/menu';
import { MenuButton } from '@/components/ui/menus/menu-button';
import { changeSessions, exportSomeAddress, type BulkEdit } from '@/lib/client/sessions/list-api';
import { useBulk } from '@/lib/client/sessions/use-bulk';
import type { ListKind } from '@/lib/page/list-address';
import type { IndexedSession } from '@/lib/page/session-page';
import { useTexts, useLaterTexts } from '@/lib/texts/use-texts';

interface Props {
  readonly list: ListKind;
  readonly selected: readonly IndexedSession[];
  readonly onDone: () => void;
}

type Plain = Exclude<BulkEdit['action'], 'tag'>;

/** The actions on all selected sessions. */
export function SelectionBar({ list, selected, onDone }: Props) {
  const { bulk, sessionMenu: words, trash } = useLaterTexts();
  const { controls } = useTexts();
  const change = useBulk();
  const [busy, setBusy] = useState(false);
  const [dialog, setDialog] = useState<'tags' | 'delete' | null>(null);
  const ids = selected.map(({ id }) => id);
  const run = async (edit: BulkEdit) => {
    setBusy(true);
    const done = await change(ids, edit);
    setBusy(false);
    if (done) onDone();
  };
  const act = (action: Plain, icon: IconName, label: string) => (
    <Button softDisabled={busy} onClick={() => void run({ action })}>
      <Icon name={icon} />
      {label}
    </Button>
  );
  const opens = (which: typeof dialog) => setDialog.bind(null, which);
  const close = opens(null);
  return (
    <section className="selection-bar" aria-label={bulk.actions}>
      <output>{bulk.selected(selected.length)}</output>
      {list === 'deleted' ? (
        <>
          {act('restore', 'retry', controls.restore)}
          <Opens onClick={opens('delete')} icon="trash">
            {trash.forGood.run}…
          </Opens>
        </>
      ) : (
        <>
          {list === 'current' &&
            (selected.every(({ pinned }) => pinned)
              ? act('unpin', 'pin', words.unpin)
              : act('pin', 'pin', words.pin))}
          <Opens onClick={opens('tags')} icon="tag">
            {words.tags}
          </Opens>
          {list === 'current'
            ? act('archive', 'archive', words.archive)
            : act('unarchive', 'archive', words.unarchive)}
          {act('delete', 'trash', words.delete)}
          <ExportMenu ids={ids} />
        </>
      )}
      <IconButton icon="close" label={bulk.clear} onClick={onDone} />
      {dialog === 'tags' && <LazyTagsDialog sessions={selected} onClose={close} />}
      {dialog === 'delete' && (
        <ConfirmDeletion
          title={bulk.deleteForGood(selected.length)}
          what={bulk.whatForGood}
          deletion={() => changeSessions(ids, { action: 'delete-permanently' })}
          onClose={close}
        />
      )}
    </section>
  );
}

interface OpensProps {
  readonly icon: IconName;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

const Opens = ({ icon, onClick, children }: OpensProps) => (
  <Button aria-haspopup="dialog" onClick={onClick}>
    <Icon name={icon} />
    {children}
  </Button>
);

const ExportMenu = ({ ids }: { ids: readonly string[] }) => {
  const { bulk, sessionMenu: words } = useLaterTexts();
  return (
    <MenuButton icon="download" label={bulk.export}>
      {(menu) => (
        <Menu {...menu}>
          <a role="menuitem" href={exportSomeAddress(ids, 'md')} download>
            <Icon name="download" />
            {words.exportMarkdown}
          </a>
          <a role="menuitem" href={exportSomeAddress(ids, 'json')} download>
            <Icon name="download" />
            {words.exportJson}
          </a>
        </Menu>
      )}
    </MenuButton>
  );
};
