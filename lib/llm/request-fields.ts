import { APIError } from 'openai';

/** Fields that some servers refuse. What one refused once is asked of it in another way from then on. */
export interface RequestFields {
  readonly usage: boolean;
  /** Newer servers call the greatest length of a reply by the second name, and some refuse the first. */
  readonly limit: 'max_tokens' | 'max_completion_tokens';
}

export const FIELDS_AT_FIRST: RequestFields = { usage: true, limit: 'max_tokens' };

/** As they go into the body of a request. */
export const fieldsFor = ({ usage, limit }: RequestFields, maxTokens: number | undefined) => ({
  ...(usage && { stream_options: { include_usage: true } }),
  ...(maxTokens !== undefined && { [limit]: maxTokens }),
});

/** How to ask again after a refusal; null when that is of no use. */
export function fieldsAfter(
  fields: RequestFields,
  thrown: unknown,
  maxTokens: number | undefined,
): RequestFields | null {
  if (!(thrown instanceof APIError) || (thrown.status !== 400 && thrown.status !== 422))
    return null;
  const other = fields.limit === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens';
  if (maxTokens !== undefined && thrown.message.includes(other)) return { ...fields, limit: other };
  // Few servers name this field in a way that can be relied on, and a refusal costs nothing.
  return fields.usage ? { ...fields, usage: false } : null;
}
