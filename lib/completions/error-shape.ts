/** An error as OpenAI's API has it. Without imports, for scripts/server/refuse.mjs. */
export interface ErrorShape {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string | null;
  };
}

/** The routes whose clients read this shape. */
export const isCompletionsPath = (path: string): boolean => /^\/v1(\/|$)/.test(path);

export const errorShape = (
  status: number,
  message: string,
  { param = null, code = null }: Partial<Pick<ErrorShape['error'], 'param' | 'code'>> = {},
): ErrorShape => ({ error: { message, type: typeOf(status), param, code } });

function typeOf(status: number): string {
  if (status >= 500) return 'server_error';
  return status === 429 ? 'rate_limit_error' : 'invalid_request_error';
}
