import { lazyDialog } from '@/components/loading/lazy-dialog';
import type { TagsDialogProps } from './tags-dialog';

/** Tags are edited seldom. */
export const LazyTagsDialog = lazyDialog<TagsDialogProps>(
  async () => (await import('./tags-dialog')).TagsDialog,
);
