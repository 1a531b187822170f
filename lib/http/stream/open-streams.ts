import { AppError } from '@/lib/errors';

interface Limits {
  readonly perOwner: number;
  readonly perAddress: number;
  readonly max: number;
}

export interface OpenStreams {
  /** Counts one more stream; the answer ends it, once. Throws `over-budget` when there are enough. */
  enter(of: { readonly owner: string; readonly address: string }): () => void;
}

const RETRY_AFTER_SECONDS = 10;

/** How many streams this process holds open at a time, of whom and from where: each costs memory until it ends. */
export function openStreams({ perOwner, perAddress, max }: Limits): OpenStreams {
  const owners = new Map<string, number>();
  const addresses = new Map<string, number>();
  let all = 0;

  return {
    enter({ owner, address }) {
      if (all >= max) throw tooMany('This server has', 'STREAMS_MAX');
      if ((owners.get(owner) ?? 0) >= perOwner) throw tooMany('You have', 'STREAMS_PER_OWNER');
      if ((addresses.get(address) ?? 0) >= perAddress)
        throw tooMany('Your address has', 'STREAMS_PER_ADDRESS');
      const count = (by: 1 | -1) => {
        all += by;
        add(owners, owner, by);
        add(addresses, address, by);
      };
      count(1);
      let ended = false;
      return () => {
        if (!ended) count(-1);
        ended = true;
      };
    },
  };
}

function add(counts: Map<string, number>, key: string, by: 1 | -1): void {
  const count = (counts.get(key) ?? 0) + by;
  if (count === 0) counts.delete(key);
  else counts.set(key, count);
}

const tooMany = (who: string, limit: string): AppError =>
  new AppError({
    kind: 'over-budget',
    message: `${who} as many streams open as may be at a time (${limit}). Close some, such as other tabs, or try again in a moment.`,
    retryAfterSeconds: RETRY_AFTER_SECONDS,
    reason: limit,
  });
