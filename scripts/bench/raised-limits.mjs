/** Limits that no bench reaches: it measures the work, not the refusals. */
export const RAISED_LIMITS = {
  CHAT_RATE_LIMIT: '100000000/minute',
  API_RATE_LIMIT: '100000000/minute',
  CHAT_DAILY_LIMIT: '100000000 turns;100000000000 tokens',
  STREAMS_PER_OWNER: '100000',
  STREAMS_PER_ADDRESS: '100000',
  STREAMS_MAX: '100000',
  TURNS_PER_OWNER: '100000',
  TURNS_MAX: '100000',
};
