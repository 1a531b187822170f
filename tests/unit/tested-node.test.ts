import { expect, test } from 'vitest';
import { isTested } from '../../scripts/steps/node.mjs';

test.each(['22.18.0', '22.23.4', '24.0.0', '24.22.1', '26.12.1'])('%s is run on', (version) => {
  expect(isTested(version)).toBe(true);
});

test.each(['18.20.0', '20.20.2', '22.17.1', '23.6.0', '25.1.0', '28.0.0'])(
  '%s is passed over where there is another',
  (version) => {
    expect(isTested(version)).toBe(false);
  },
);
