import { lazyComponent } from '@/components/ui/lazy-component';

interface Props {
  readonly onClose: () => void;
}

const Nothing = () => null;

/** Few people delete everything, and nobody often. */
export const LazyDeletion = lazyComponent<Props>({
  load: async () => (await import('./delete-everything')).DeleteEverything,
  Until: Nothing,
  Without: Nothing,
});
