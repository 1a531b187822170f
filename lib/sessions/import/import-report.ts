import type { Source } from '@/lib/sessions/export/file-format';
import type { Imported, ImportedAbout } from '@/lib/sessions/export/transfer-store';
import type { Skipped, SkipReason } from './read-import';

export const KINDS = ['new', 'newer', 'same', 'conflict', 'skipped'] as const;
export type ImportKind = (typeof KINDS)[number];

/** `too-large`: the server takes no request of that size; only the page reports it. */
export type ImportReason = SkipReason | (Imported & { kind: 'skipped' })['reason'] | 'too-large';

/** One conversation of the report. `session_id`: here; null for one that is not. */
export interface ImportLine {
  readonly kind: ImportKind;
  readonly reason?: ImportReason;
  readonly limit?: number;
  readonly session_id: string | null;
  readonly title: string | null;
  readonly source: Source | 'ask-next' | null;
  readonly messages: number;
  /** Images and other files of its messages, which are only named. */
  readonly left_out?: number;
  readonly pinned?: true;
  readonly archived?: true;
}

export type ImportCounts = Readonly<Record<ImportKind, number>>;
export type ImportReportLine =
  | { readonly total: number; readonly dry_run: boolean }
  | ImportLine
  | { readonly done: ImportCounts };

/** Of a person's own text, which is no conversation. */
export const aboutLine = (imported: ImportedAbout, title: string): ImportLine => ({
  ...imported,
  session_id: null,
  title,
  source: 'ask-next',
  messages: 0,
});

/** Of what was not even sent to the store. */
export const skippedLine = ({
  skipped: reason,
  title,
}: Pick<Skipped, 'title'> & {
  readonly skipped: ImportReason;
}): ImportLine => ({
  kind: 'skipped',
  reason,
  session_id: null,
  title,
  source: null,
  messages: 0,
});
