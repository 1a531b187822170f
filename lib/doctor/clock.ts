import type { Env } from '@/lib/env';
import { finder, type Finding } from './finding';

const { ok, warning, problem } = finder('clock');

/** Instances whose clocks differ by more consider each other's turns dead. */
const PROBLEM_MS = 120_000;
const WARNING_MS = 10_000;

/** Compares the time of another machine, asked for between two times of this one. */
export function clockFindings(
  machine: string,
  time: Date,
  sentAt: number,
  answeredAt: number,
): Finding[] {
  // A header that is no date.
  if (Number.isNaN(time.getTime())) return [];
  const early = sentAt - time.getTime();
  const late = time.getTime() - answeredAt;
  const off = Math.max(0, early, late);
  const says = `This clock and that of ${machine} differ by ${String(Math.round(off / 1000))} seconds`;
  if (off >= PROBLEM_MS) return [problem(`${says}: set them by NTP.`)];
  return [off >= WARNING_MS ? warning(`${says}: set them by NTP.`) : ok(`${says}.`)];
}

const TIMEOUT_MS = 5000;
/** The header has whole seconds. */
const HEADER_MS = 1000;

/** Beside the clock of the model's server. That it cannot be reached is said elsewhere. */
export async function checkClock({ OPENAI_BASE_URL }: Env): Promise<Finding[]> {
  if (!OPENAI_BASE_URL) return [];
  const sentAt = Date.now() - HEADER_MS;
  try {
    const { headers } = await fetch(`${OPENAI_BASE_URL.url}/models`, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const date = headers.get('date');
    if (date === null) return [];
    const found = clockFindings("the model's server", new Date(date), sentAt, Date.now());
    // Theirs may be the wrong one, and no turn depends on it.
    return found.map((each) => (each.level === 'problem' ? warning(each.says) : each));
  } catch {
    return [];
  }
}
