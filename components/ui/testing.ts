import type { Drawer } from './drawer';

const nothing = () => undefined;

/** For pages that are drawn without the app shell. */
export const closedDrawer: Drawer = {
  isOpen: () => false,
  subscribe: () => nothing,
  show: nothing,
  hide: nothing,
  restoreFocus: nothing,
};
