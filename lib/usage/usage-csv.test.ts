import { expect, test } from 'vitest';
import { decimal, usageCsv } from './usage-csv';

const sums = {
  turns: 2,
  failed: 1,
  input: 10,
  output: 5,
  micros: 1250,
  unpriced: 0,
  firstMs: 300,
  firsts: 2,
  totalMs: 0,
  totals: 0,
};

test('a row has a cell for each column, empty where nothing is known', () => {
  const rows = [
    { of: 'a, "b"', ...sums },
    { of: '=1+1', ...sums, micros: 0, unpriced: 2 },
  ];
  expect(usageCsv('model', rows, { currency: 'EUR', names: new Map() })).toBe(
    [
      'model,turns,failed,input_tokens,output_tokens,cost_eur,unpriced,first_token_ms,total_ms',
      '"a, ""b""",2,1,10,5,0.001250,0,150,',
      '"\'=1+1",2,1,10,5,,2,150,',
      '',
    ].join('\r\n'),
  );
});

test('people have a name, where there is one', () => {
  const names = new Map([['user:1', 'Ada']]);
  const rows = [
    { of: 'user:1', ...sums },
    { of: '', ...sums },
  ];
  const [head, ada, deleted] = usageCsv('person', rows, { currency: 'USD', names }).split('\r\n');
  expect(head).toMatch(/^person,name,turns/);
  expect(ada).toMatch(/^"user:1","Ada",2/);
  expect(deleted).toMatch(/^"","",2/);
});

test('money is written exactly', () => {
  expect([0, 1, 1_000_000, 9_007_199_254_740_991].map(decimal)).toEqual([
    '0.000000',
    '0.000001',
    '1.000000',
    '9007199254.740991',
  ]);
});
