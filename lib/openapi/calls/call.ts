import type { z } from 'zod';
import type { FailureKind } from '@/lib/errors';

export const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;
export type Method = (typeof METHODS)[number];

/** A successful response. Without a schema its body is a text or empty. */
export interface SuccessResponse {
  readonly status: number;
  readonly description: string;
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
  readonly description?: string;
  readonly query?: z.ZodType;
  readonly headers?: readonly RequestHeader[];
  readonly body?: z.ZodType | 'file';
  /** The body may be left out. */
  readonly bodyOptional?: boolean;
  readonly responses: readonly SuccessResponse[];
  /** Besides those that any call may have. */
  readonly failures?: readonly FailureKind[];
}

/** The calls of a path by their methods. A parameter of a path is in braces. */
export type Calls = Readonly<Record<string, Partial<Record<Method, Call>>>>;

export const response = (
  description: string,
  schema: z.ZodType,
  more: Partial<SuccessResponse> = {},
): SuccessResponse => ({
  status: 200,
  description,
  schema,
  ...more,
});

export const noContent = (description: string): SuccessResponse => ({ status: 204, description });

/** The failures of a call with a body. */
export const BODY: readonly FailureKind[] = ['not-found', 'conflict', 'too-large', 'unsupported'];

/** Those of a call that stores text as well. */
export const STORED_BODY: readonly FailureKind[] = [...BODY, 'over-quota'];
