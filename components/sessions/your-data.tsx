import { useState } from 'react';
import { Icon } from '@/components/ui/icon';
import { Menu } from '@/components/ui/menu';
import { DeleteEverything } from './delete-everything';

/** What can be done with all that somebody has here. */
export function YourData() {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Menu icon="more" label="Your data">
        <button
          type="button"
          role="menuitem"
          className="danger"
          aria-haspopup="dialog"
          onClick={() => {
            setAsking(true);
          }}
        >
          <Icon name="trash" />
          Delete everything…
        </button>
      </Menu>
      {asking && (
        <DeleteEverything
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </>
  );
}
