import { Icon } from '@/components/ui/icon';
import { useDrawer } from '@/components/ui/drawer';
import { useClientState } from '@/lib/client/page/client-state';
import { useTexts } from '@/lib/texts/use-texts';

/** Opens the palette. */
export function SearchButton() {
  const texts = useTexts();
  const { palette } = useClientState();
  const drawer = useDrawer();
  return (
    <button
      type="button"
      className="quiet-button search-button"
      title={texts.search.shortcut}
      aria-haspopup="dialog"
      aria-keyshortcuts="Control+K Meta+K"
      onClick={() => {
        drawer.hide();
        palette.set(true);
      }}
    >
      <Icon name="search" />
      {texts.search.open}
    </button>
  );
}
