import type { z } from 'zod';
import type { FailureKind } from '@/lib/errors';

export const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;
export type Method = (typeof METHODS)[number];

/** What a successful response is. Without a schema its body is a text or empty. */
export interface Answer {
  readonly status: number;
  readonly says: string;
  readonly schema?: z.ZodType;
  /** `application/json` with a schema, else none. */
  readonly types?: readonly string[];
  readonly headers?: readonly ResponseHeader[];
}

export type ResponseHeader = 'Link' | 'Content-Disposition';
export type RequestHeader = 'Idempotency-Key' | 'Last-Event-ID' | 'X-Ask-Session';

/** One call of the API: a path and a method. */
export interface Call {
  /** In a few words. */
  readonly title: string;
  readonly says?: string;
  readonly query?: z.ZodType;
  readonly headers?: readonly RequestHeader[];
  readonly body?: z.ZodType | 'file';
  /** The body may be left out. */
  readonly bodyOptional?: boolean;
  readonly answers: readonly Answer[];
  /** Besides those that any call may have. */
  readonly failures?: readonly FailureKind[];
}

/** The calls of a path by their methods. A parameter of a path is in braces. */
export type Calls = Readonly<Record<string, Partial<Record<Method, Call>>>>;

export const answer = (says: string, schema: z.ZodType, more: Partial<Answer> = {}): Answer => ({
  status: 200,
  says,
  schema,
  ...more,
});

export const nothing = (says: string): Answer => ({ status: 204, says });
