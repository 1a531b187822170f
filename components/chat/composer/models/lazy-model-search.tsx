import type { RefObject } from 'react';
import { lazyOverlay } from '@/components/loading/lazy-overlay';

export interface ModelSearchProps {
  readonly models: readonly string[];
  /** The chosen one. */
  readonly model: string;
  /** The list stands beside it, and gives it the focus back. */
  readonly button: RefObject<HTMLElement | null>;
  readonly onChoose: (model: string) => void;
  readonly onClose: () => void;
}

export const LazyModelSearch = lazyOverlay<ModelSearchProps>(
  async () => (await import('./model-search')).ModelSearch,
);
