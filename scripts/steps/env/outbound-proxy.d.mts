type Environment = Record<string, string | undefined>;

export function useProxies(env?: Environment): { names: string[]; ignored?: string };
export function oldNodeWarning(version: string, env?: Environment): string | undefined;
