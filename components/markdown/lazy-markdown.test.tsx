import { PassThrough } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { renderToPipeableStream } from 'react-dom/server';
import { expect, test } from 'vitest';
import { answers } from './fixtures/answers';
import { Markdown } from './lazy-markdown';
import { inEnglish } from '@/components/languages/testing';

/** More than React sends inline when it may also send it later. */
const long = answers.join('\n\n').repeat(6);

test("the server's first HTML has rendered replies, formulas included, without any script", async () => {
  const { pipe } = renderToPipeableStream(
    inEnglish(<Markdown text={long} streaming={false} idPrefix="m" budget={1_000_000} />),
  );
  const page = await textOf(pipe(new PassThrough()));
  expect(page.length).toBeGreaterThan(40_000);
  expect(page.match(/<math/g)?.length).toBeGreaterThan(12);
  expect(page).not.toMatch(/md-plain|md-formula-source|<script|<template|<div hidden/);
});
