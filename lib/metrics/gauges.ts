import type { Registry } from '@prometheus-io/client';

/** What is going on in this process now. */
export interface Live {
  readonly turns: number;
  readonly streams: number;
  readonly feeds: number;
  /** Null without a pool. */
  readonly connections: Readonly<Record<'open' | 'idle' | 'waiting', number>> | null;
}

type Client = typeof import('@prometheus-io/client');

export function defineGauges(client: Client, registry: Registry, live: () => Live): void {
  const registers = [registry];
  const gauge = (name: string, help: string, read: (now: Live) => number) =>
    new client.Gauge({
      name: `ask_next_${name}`,
      help,
      registers,
      collect() {
        this.set(read(live()));
      },
    });
  gauge('turns_running', 'Turns that run in this process', ({ turns }) => turns);
  gauge('streams_open', 'Streams and change feeds that are open', ({ streams }) => streams);
  gauge('feeds_open', 'Change feeds that are open', ({ feeds }) => feeds);
  if (live().connections !== null) registry.registerMetric(connections(client, live));
}

const connections = (client: Client, live: () => Live) =>
  new client.Gauge({
    name: 'ask_next_store_connections',
    help: 'Connections of the pool, and requests that wait for one',
    labelNames: ['state'],
    registers: [],
    collect() {
      for (const [state, count] of Object.entries(live().connections ?? {}))
        this.set({ state }, count);
    },
  });
