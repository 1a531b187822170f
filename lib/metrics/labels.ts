import type { LogFields } from '@/lib/ports/log';

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The pattern of a handler; a path could be anything. */
export function routeLabel({ route, path }: LogFields): string {
  if (typeof route === 'string') return route;
  return /^\/(api|v1|health|metrics)(\/|$)/.test(textOf(path)) ? '(refused)' : '(page)';
}

/** The first `max` values stay, and later ones become `other`, so that no list of models fills the memory. */
export function boundedLabel(max: number): (value: string) => string {
  const known = new Set<string>();
  return (value) => {
    if (known.has(value)) return value;
    if (known.size >= max) return 'other';
    known.add(value);
    return value;
  };
}
