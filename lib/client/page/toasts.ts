import { newId } from '@/lib/client/browser/new-id';
import type { Observable } from '@/lib/client/browser/observable';

/** A short notice with at most one action. */
export interface Toast {
  readonly id: string;
  readonly text: string;
  readonly action: { readonly label: string; readonly run: () => void } | null;
}

/** Oldest first. */
export type Toasts = Observable<readonly Toast[]>;

/** Returns the toast's id, for `hideToast`. */
export function showToast(toasts: Toasts, text: string, action: Toast['action'] = null): string {
  const id = newId();
  toasts.set([...toasts.get(), { id, text, action }]);
  return id;
}

export function hideToast(toasts: Toasts, id: string): void {
  toasts.set(toasts.get().filter((toast) => toast.id !== id));
}
