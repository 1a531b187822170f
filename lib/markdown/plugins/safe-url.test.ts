import { expect, test } from 'vitest';
import { hostOf, inlineImage, safeLink } from './safe-url';

test('links use only http, https and mailto', () => {
  expect(safeLink('https://example.org/a?b#c')).toBe('https://example.org/a?b#c');
  expect(safeLink('HTTP://example.org')).toBe('HTTP://example.org');
  expect(safeLink('mailto:a@example.org')).toBe('mailto:a@example.org');
  for (const url of [
    'javascript:alert(1)',
    ' https://example.org',
    '/a',
    '//example.org',
    '#a',
    '',
    'https:',
    'https://',
  ]) {
    expect(safeLink(url)).toBeNull();
  }
});

test('only raster images in data URLs are shown', () => {
  expect(inlineImage('data:image/png;base64,AAAA')).toBe('data:image/png;base64,AAAA');
  expect(inlineImage('data:image/svg+xml;base64,AAAA')).toBeNull();
  expect(inlineImage('https://example.org/a.png')).toBeNull();
});

test('the host of a URL is returned', () => {
  expect(hostOf('https://example.org:8443/a')).toBe('example.org:8443');
  expect(hostOf('mailto:a@example.org')).toBeNull();
});
