import { lazyOverlay } from '@/components/loading/lazy-overlay';
import type { TagsDialogProps } from './tags-dialog';

/** Tags are edited seldom. */
export const LazyTagsDialog = lazyOverlay<TagsDialogProps>(
  async () => (await import('./tags-dialog')).TagsDialog,
);
