import type { Message } from './message';
import { isoTime } from './present';
import type { Session } from './session';

const SPEAKER = { user: 'User', assistant: 'Assistant' } as const;

/** The original's layout, byte for byte: a heading per message, its text as it is. */
export function exportMarkdown(session: Session, messages: readonly Message[]): string {
  const lines = [
    `# Session: ${session.title ?? session.id}`,
    `_Created_: ${isoTime(session.createdAt)}`,
    `_Updated_: ${isoTime(session.updatedAt)}`,
    '',
  ];
  for (const { role, content, createdAt } of messages) {
    lines.push(`## ${SPEAKER[role]}  (${isoTime(createdAt)})`, '', content, '');
  }
  return lines.join('\n');
}
