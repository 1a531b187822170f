import { getTableColumns } from 'drizzle-orm';
import { describe, expect, expectTypeOf, test } from 'vitest';
import type { FailedTurn, Turn } from '@/lib/chat/turn/turn';
import type { MemoryRevision } from '@/lib/sessions/memory/memory';
import type { Message } from '@/lib/sessions/message';
import type { Session } from '@/lib/sessions/session';
import * as postgres from './schema.postgres';
import * as sqlite from './schema.sqlite';

type Row<T extends { $inferSelect: object }> = Readonly<T['$inferSelect']>;

test('a row has the domain type, in both dialects', () => {
  expectTypeOf<Row<typeof sqlite.sessions>>().toEqualTypeOf<Session>();
  expectTypeOf<Row<typeof postgres.sessions>>().toEqualTypeOf<Session>();
  expectTypeOf<Row<typeof sqlite.messages>>().toEqualTypeOf<Message>();
  expectTypeOf<Row<typeof postgres.messages>>().toEqualTypeOf<Message>();
  expectTypeOf<Pick<Row<typeof sqlite.turns>, keyof Turn>>().toEqualTypeOf<Turn>();
  expectTypeOf<Omit<Row<typeof sqlite.memoryRevisions>, 'seq'>>().toEqualTypeOf<MemoryRevision>();
  expectTypeOf<keyof FailedTurn>().toEqualTypeOf<
    'requestId' | 'text' | 'failure' | 'createdAt' | 'endedAt'
  >();
});

test('both dialects have rows of the same type', () => {
  expectTypeOf<Row<typeof sqlite.turns>>().toEqualTypeOf<Row<typeof postgres.turns>>();
  expectTypeOf<Row<typeof sqlite.turnEvents>>().toEqualTypeOf<Row<typeof postgres.turnEvents>>();
  expectTypeOf<Row<typeof sqlite.memoryRevisions>>().toEqualTypeOf<
    Row<typeof postgres.memoryRevisions>
  >();
  expectTypeOf<Row<typeof sqlite.owners>>().toEqualTypeOf<Row<typeof postgres.owners>>();
  expectTypeOf<Row<typeof sqlite.searchDocs>>().toEqualTypeOf<Row<typeof postgres.searchDocs>>();
  expectTypeOf<Row<typeof sqlite.apiKeys>>().toEqualTypeOf<Row<typeof postgres.apiKeys>>();
  expectTypeOf<Row<typeof sqlite.people>>().toEqualTypeOf<Row<typeof postgres.people>>();
  expectTypeOf<Row<typeof sqlite.signIns>>().toEqualTypeOf<Row<typeof postgres.signIns>>();
  expectTypeOf<Row<typeof sqlite.accountLinks>>().toEqualTypeOf<
    Row<typeof postgres.accountLinks>
  >();
  expectTypeOf<Row<typeof sqlite.dailyUse>>().toEqualTypeOf<Row<typeof postgres.dailyUse>>();
  expectTypeOf<Row<typeof sqlite.instances>>().toEqualTypeOf<Row<typeof postgres.instances>>();
  expectTypeOf<Row<typeof sqlite.usage>>().toEqualTypeOf<Row<typeof postgres.usage>>();
});

const TABLES = [
  'sessions',
  'messages',
  'turns',
  'turnEvents',
  'instances',
  'memoryRevisions',
  'promptTexts',
  'apiKeys',
  'owners',
  'dailyUse',
  'usage',
  'people',
  'signIns',
  'accountLinks',
  'searchPending',
] as const;

describe.each(TABLES)('%s', (table) => {
  test('both dialects have the same columns by name, null and default', () => {
    const columns = (schema: typeof sqlite | typeof postgres) =>
      Object.entries(getTableColumns(schema[table])).map(([property, column]) => ({
        property,
        name: column.name,
        notNull: column.notNull,
        hasDefault: column.hasDefault,
      }));
    expect(columns(sqlite)).toEqual(columns(postgres));
  });
});
