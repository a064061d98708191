import { cacheHitsOf, callsBetween, machineRatios, p95Of, type StatementCalls } from './compare.ts'
import type { DatabaseCounters, DatabaseFigures, DatabaseSnapshot, MachineTotals } from './schema.ts'

/** Everything that the machine looks at in one minute of one database. */
export interface DatabaseReading {
  figures: DatabaseFigures
  /** Null where there is no address to ask, or it did not answer. */
  machine: MachineTotals | null
  machineError: string | null
}

/** A reading beside the one before: what the page shows, and the calls between the two. */
export function takeSnapshot(
  { figures, machine, machineError }: DatabaseReading,
  before: DatabaseCounters | null,
  storageLimitBytes: number | null,
): { snapshot: DatabaseSnapshot; calls: StatementCalls[] } {
  const { version, database, hasFullView, maxConnections, connections, running } = figures
  const { slowest, unusedIndexes, missing, statsResetAt, sizeBytes } = figures
  const calls = callsBetween(before, figures)
  const snapshot: DatabaseSnapshot = {
    version,
    database,
    hasFullView,
    maxConnections,
    connections,
    running,
    // Statements of others have this in place of their text: as good as not told.
    slowest: slowest.filter(({ query }) => query !== '<insufficient privilege>'),
    unusedIndexes,
    missing,
    statsResetAt,
    sizeBytes,
    storageLimitBytes,
    statementP95Ms: p95Of(calls),
    cacheHitRatio: cacheHitsOf(before, figures),
    ...machineRatios(before?.machine ?? null, machine),
    machineError,
  }
  return { snapshot, calls }
}

export function connectionsTotal({ connections }: Pick<DatabaseSnapshot, 'connections'>): number {
  return Object.values(connections).reduce((sum, count) => sum + count, 0)
}
