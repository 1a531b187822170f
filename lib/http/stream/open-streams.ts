import { AppError, type BudgetBound } from '@/lib/errors';

interface Limits {
  readonly perOwner: number;
  readonly perAddress: number;
  readonly max: number;
}

export interface OpenStreams {
  /** Counts a new stream. Returns a function that releases it, once. Throws `over-budget` over a limit. */
  enter(of: { readonly owner: string; readonly address: string }): () => void;
  /** How many are open. */
  count(): number;
}

const RETRY_AFTER_SECONDS = 10;

/** Limits the open streams of this process, per owner, per address and in all: each costs memory until it ends. */
export function openStreams({ perOwner, perAddress, max }: Limits): OpenStreams {
  const owners = new Map<string, number>();
  const addresses = new Map<string, number>();
  let all = 0;

  return {
    count: () => all,
    enter({ owner, address }) {
      if (all >= max) throw tooMany('STREAMS_MAX', max);
      if ((owners.get(owner) ?? 0) >= perOwner) throw tooMany('STREAMS_PER_OWNER', perOwner);
      if ((addresses.get(address) ?? 0) >= perAddress)
        throw tooMany('STREAMS_PER_ADDRESS', perAddress);
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

const tooMany = (reason: BudgetBound, limit: number): AppError =>
  new AppError({ kind: 'over-budget', reason, limit, retryAfterSeconds: RETRY_AFTER_SECONDS });
