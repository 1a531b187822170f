export function isTested(version: string): boolean;
