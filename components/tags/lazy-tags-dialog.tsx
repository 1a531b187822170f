import { lazyComponent } from '@/components/ui/lazy-component';
import type { TagsDialogProps } from './tags-dialog';

const Nothing = () => null;

/** Tags are edited seldom. */
export const LazyTagsDialog = lazyComponent<TagsDialogProps>({
  load: async () => (await import('./tags-dialog')).TagsDialog,
  Until: Nothing,
  Without: Nothing,
});
