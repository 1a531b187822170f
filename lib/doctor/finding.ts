export const AREAS = [
  'settings',
  'access',
  'provider',
  'database',
  'disk',
  'upstream',
  'redis',
  'clock',
  'proxy',
] as const;

/** The result of one check. */
export interface Finding {
  readonly area: (typeof AREAS)[number];
  /** A warning may be meant so; a problem is not. */
  readonly level: 'ok' | 'warning' | 'problem';
  /** A sentence that names what to change. No secret is in it. */
  readonly says: string;
}

/** The findings of one area. */
export const finder = (area: Finding['area']) => {
  const at =
    (level: Finding['level']) =>
    (says: string): Finding => ({ area, level, says });
  return { ok: at('ok'), warning: at('warning'), problem: at('problem') };
};
