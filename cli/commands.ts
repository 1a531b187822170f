import type { Command } from './command';

/** Loaded on demand: --help needs no database. */
const commands = {
  serve: {
    summary: 'starts the server of a finished build',
    load: async (): Promise<Command> => (await import('./serve')).serve,
  },
  migrate: {
    summary: 'brings the database up to this version',
    load: async (): Promise<Command> => (await import('./migrate')).migrateCommand,
  },
  key: {
    summary: 'lists, creates and revokes API keys of people',
    load: async (): Promise<Command> => (await import('./key')).key,
  },
  user: {
    summary: 'lists, invites, promotes and removes people',
    load: async (): Promise<Command> => (await import('./user')).user,
  },
  doctor: {
    summary: 'checks the settings, and everything that the server needs',
    load: async (): Promise<Command> => (await import('./doctor')).doctor,
  },
  backup: {
    summary: 'copies the database into a file, also while the server runs',
    load: async (): Promise<Command> => (await import('./backup')).backup,
  },
  restore: {
    summary: 'brings a backup back',
    load: async (): Promise<Command> => (await import('./restore')).restore,
  },
  move: {
    summary: 'copies everything into another database: from SQLite to Postgres, or back',
    load: async (): Promise<Command> => (await import('./move')).move,
  },
};

export const COMMANDS: Readonly<
  Record<keyof typeof commands, { readonly summary: string; load(): Promise<Command> }>
> = commands;

export const isCommand = (name: string): name is keyof typeof commands =>
  Object.hasOwn(COMMANDS, name);
