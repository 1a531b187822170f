import type { RefObject } from 'react';
import { lazyComponent } from '@/components/ui/lazy-component';

export interface ModelSearchProps {
  readonly models: readonly string[];
  /** The chosen one. */
  readonly model: string;
  /** The list stands beside it, and gives it the focus back. */
  readonly button: RefObject<HTMLElement | null>;
  readonly onChoose: (model: string) => void;
  readonly onClose: () => void;
}

const Nothing = () => null;

export const LazyModelSearch = lazyComponent<ModelSearchProps>({
  load: async () => (await import('./model-search')).ModelSearch,
  Until: Nothing,
  Without: Nothing,
});
