import { DATABASE_LIMITS } from './limits.ts'
import type { DatabaseSnapshot, RunningStatement, SlowStatement } from './schema.ts'
import { connectionsTotal } from './snapshot.ts'

/** What can be wrong with a database. The same words name the sentence and the runbook of each. */
export const FINDING_KINDS = [
  'connections_high',
  'storage_high',
  'disk_high',
  'deadlocks',
  'long_running',
  'statements_p95_high',
  'slow_statements',
  'cache_hits_low',
  'unused_indexes',
] as const
export type FindingKind = (typeof FINDING_KINDS)[number]

/** `warning`: users feel it, or soon will; `notice`: worth an hour some day. */
export type FindingLevel = 'warning' | 'notice'

export interface DatabaseFinding {
  kind: FindingKind
  level: FindingLevel
  /** In the unit of its limit: a share from 0 to 1, ms, or a number. */
  value: number
  limit: number
  /** How many things it is about: sessions, statements, indexes; 1 where it is about the database as a whole. */
  count: number
}

/**
 * Holds a snapshot against the guides' limits; the gravest first. Exactly at a limit is within it. `deadlocksPerDay` is null while
 * nothing is known about the last day.
 */
export function findProblems(snapshot: DatabaseSnapshot, deadlocksPerDay: number | null): DatabaseFinding[] {
  const limits = DATABASE_LIMITS
  const { statementP95Ms, cacheHitRatio, diskRatio, unusedIndexes } = snapshot
  const long = longRunning(snapshot)
  const slow = slowStatements(snapshot)
  return [
    above('connections_high', connectionsTotal(snapshot) / snapshot.maxConnections, limits.connections),
    above('storage_high', storageRatio(snapshot), limits.storage),
    above('disk_high', diskRatio, limits.storage),
    above('deadlocks', deadlocksPerDay, limits.deadlocksPerDay),
    above('long_running', long[0]?.durationMs ?? null, limits.longRunningMs, long.length),
    above('statements_p95_high', statementP95Ms, limits.statementP95Ms),
    above('slow_statements', slow[0]?.meanMs ?? null, limits.slowStatementMs, slow.length),
    cacheHitRatio !== null && cacheHitRatio < limits.cacheHits
      ? finding('cache_hits_low', cacheHitRatio, limits.cacheHits, 1)
      : null,
    above('unused_indexes', unusedIndexes.length, 0, unusedIndexes.length),
  ].filter((one) => one !== null)
}

/** Sessions beyond the limit, the longest first. */
export function longRunning({ running }: Pick<DatabaseSnapshot, 'running'>): RunningStatement[] {
  return running
    .filter(({ durationMs }) => durationMs > DATABASE_LIMITS.longRunningMs)
    .toSorted((one, other) => other.durationMs - one.durationMs)
}

/** Statements whose average is beyond the limit, the slowest first. */
export function slowStatements({ slowest }: Pick<DatabaseSnapshot, 'slowest'>): SlowStatement[] {
  return slowest
    .filter(({ meanMs }) => meanMs > DATABASE_LIMITS.slowStatementMs)
    .toSorted((one, other) => other.meanMs - one.meanMs)
}

/** Null where nobody said how much there is room for. */
export function storageRatio({
  sizeBytes,
  storageLimitBytes,
}: Pick<DatabaseSnapshot, 'sizeBytes' | 'storageLimitBytes'>): number | null {
  return storageLimitBytes === null ? null : sizeBytes / storageLimitBytes
}

const NOTICES: readonly FindingKind[] = ['unused_indexes', 'slow_statements']

function above(kind: FindingKind, value: number | null, limit: number, count = 1): DatabaseFinding | null {
  return value !== null && value > limit ? finding(kind, value, limit, count) : null
}

function finding(kind: FindingKind, value: number, limit: number, count: number): DatabaseFinding {
  return { kind, level: NOTICES.includes(kind) ? 'notice' : 'warning', value, limit, count }
}
