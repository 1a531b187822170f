import { Autocomplete } from '@base-ui/react/autocomplete';
import { Icon } from '@/components/ui/icon';
import { useLaterTexts } from '@/lib/texts/use-texts';
import { Highlighted } from './highlighted';
import type { PaletteGroup, PaletteItem } from './palette-items';

/** Commands and results under their headings. */
export function PaletteList({ onRun }: { readonly onRun: (item: PaletteItem) => void }) {
  return (
    <Autocomplete.List className="palette-list">
      {(group: PaletteGroup) => (
        <Autocomplete.Group key={group.value} items={group.items}>
          <Autocomplete.GroupLabel className="palette-heading">
            {group.value}
          </Autocomplete.GroupLabel>
          <Autocomplete.Collection>
            {(item: PaletteItem) => (
              <Autocomplete.Item
                key={item.id}
                value={item}
                className="palette-item"
                onClick={() => {
                  onRun(item);
                }}
              >
                <Item item={item} />
              </Autocomplete.Item>
            )}
          </Autocomplete.Collection>
        </Autocomplete.Group>
      )}
    </Autocomplete.List>
  );
}

function Item({ item }: { readonly item: PaletteItem }) {
  const words = useLaterTexts().palette;
  if (item.kind === 'command')
    return (
      <>
        <Icon name={item.icon} />
        {item.label}
      </>
    );
  const { found } = item;
  const from = words.from[found.role ?? (found.kind === 'memory' ? 'memory' : 'title')];
  return (
    <span className="palette-found" dir="auto">
      <span className="palette-where">
        {found.kind === 'title' ? from : `${found.title} · ${from}`}
      </span>
      <span className="palette-snippet">
        <Highlighted snippet={found.snippet} highlights={found.highlights} />
      </span>
    </span>
  );
}
