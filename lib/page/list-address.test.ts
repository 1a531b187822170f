import { expect, test } from 'vitest';
import { listAddress } from './list-address';

test.each([
  [listAddress('current', {}), '/s'],
  [listAddress('current', { sort: 'updated' }), '/s'],
  [listAddress('archived', { sort: 'updated' }), '/archived?sort=updated'],
  [
    listAddress('current', { sort: 'title', tag: 'a b&c', model: 'm/1' }),
    '/s?sort=title&tag=a+b%26c&model=m%2F1',
  ],
  [listAddress('deleted', {}, 'x=y'), '/deleted?cursor=x%3Dy'],
])('%s', (address, expected) => {
  expect(address).toBe(expected);
});
