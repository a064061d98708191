import { MINUTE } from '../time/instant.ts'

/**
 * The limits of the monitoring guides ("Base de données": connections below 80 % of the maximum, p95 below 100 ms, cache hits above 95 %,
 * no deadlock, slow statements above 100 ms, statements that run for more than five minutes). Shares are from 0 to 1. For storage the
 * guides name none; 80 % leaves time to act before a full disk makes a database read-only.
 */
export const DATABASE_LIMITS = {
  connections: 0.8,
  statementP95Ms: 100,
  cacheHits: 0.95,
  deadlocksPerDay: 0,
  storage: 0.8,
  slowStatementMs: 100,
  longRunningMs: 5 * MINUTE,
} as const
