import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { atLength } from '../faults/chance';
import { expect } from './fixtures';

/** Half the size of what the package exports. */
const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');

/**
 * Expects that axe finds no fault in what the page shows now: by all rules or only by some. Evaluated, so that the page's
 * policy does not forbid it.
 */
export async function expectAccessible(page: Page, runOnly?: string[]): Promise<void> {
  await page.evaluate(transitionsEnded);
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  let faults = await faultsOf(page, runOnly);
  // Next streams the title of a page that a link opens, after it has removed the title of the last one.
  if (faults.length > 0 && faults.every(([rule]) => rule === 'document-title')) {
    await expect(page).toHaveTitle(/./);
    faults = await faultsOf(page, runOnly);
  }
  expect(faults).toEqual([]);
}

/** Each rule that is broken, and by which elements. */
async function faultsOf(page: Page, runOnly?: string[]) {
  const { violations } = await page.evaluate(
    (options): Promise<AxeResults> => {
      const { axe: inPage } = window as unknown as {
        axe: { run(some: object): Promise<AxeResults> };
      };
      return inPage.run(options);
    },
    // Without these axe also makes a selector for each element that is fine.
    { resultTypes: ['violations'], selectors: false, ...(runOnly && { runOnly }) },
  );
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)] as const);
}

/** Halfway from one theme to the other no colour has the contrast that it ends with. */
async function transitionsEnded(): Promise<void> {
  const transitions = document.getAnimations().filter((each) => each instanceof CSSTransition);
  await Promise.allSettled(transitions.map(({ finished }) => finished));
}

/** Of the rules that apply by default, those that look at colours. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** The same in the light and, at length, in the dark theme, which differ in nothing but their colours. */
export async function expectAccessibleInBoth(page: Page): Promise<void> {
  if (atLength()) {
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectAccessible(page, COLOUR_RULES);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await expectAccessible(page);
}
