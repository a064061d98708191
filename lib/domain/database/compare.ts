import type { Instant } from '../time/instant.ts'
import type { DatabaseCounters, DatabaseFigures, DatabaseSnapshot, MachineTotals } from './schema.ts'

/** How often statements were called since the reading before, and how long one call took on average, in ms. */
export interface StatementCalls {
  calls: number
  meanMs: number
}

/** As many statements as a reading holds; when it holds that many, there may be more that are not in it. */
const TOTALS_MAX = 300
/** Fewer blocks than this say nothing about a cache: one cold page would be half of them. */
const MIN_BLOCKS = 1_000

/** What the next reading will be compared with. */
export function countersOf(figures: DatabaseFigures, machine: MachineTotals | null, at: Instant): DatabaseCounters {
  const { statsResetAt, blocksHit, blocksRead, statementTotals } = figures
  return { at, statsResetAt, blocksHit, blocksRead, statementTotals, machine }
}

/**
 * The calls between two readings. A total that fell was reset, and counts from zero. A statement that was not there before is new,
 * unless the list before was full: then it may be an old one that only moved up, and what it did before is not told as now.
 */
export function callsBetween(before: DatabaseCounters | null, figures: DatabaseFigures): StatementCalls[] {
  if (before === null) return []
  const known = new Map(before.statementTotals.map(([id, calls, totalMs]) => [id, { calls, totalMs }]))
  const isComplete = known.size > 0 && known.size < TOTALS_MAX
  return figures.statementTotals.flatMap(([id, calls, totalMs]) => {
    const past = known.get(id)
    if (past === undefined && !isComplete) return []
    const isReset = past === undefined || calls < past.calls || totalMs < past.totalMs
    const newCalls = isReset ? calls : calls - past.calls
    const newMs = isReset ? totalMs : totalMs - past.totalMs
    return newCalls > 0 ? [{ calls: newCalls, meanMs: newMs / newCalls }] : []
  })
}

/**
 * The duration that 95 % of the calls did not exceed, each call taken for its statement's average: Postgres keeps no more of them.
 * Rank ⌈0.95·n⌉, as everywhere else.
 */
export function p95Of(statements: readonly StatementCalls[]): number | null {
  const total = statements.reduce((sum, { calls }) => sum + calls, 0)
  if (total === 0) return null
  const rank = Math.ceil(0.95 * total)
  let passed = 0
  const found = statements
    .toSorted((one, other) => one.meanMs - other.meanMs)
    .find(({ calls }) => {
      passed += calls
      return passed >= rank
    })
  return found?.meanMs ?? null
}

/**
 * Blocks that were found in memory, as a share of those asked for: since the reading before where that was enough of them to mean
 * something, otherwise since the statistics began.
 */
export function cacheHitsOf(before: DatabaseCounters | null, figures: DatabaseFigures): number | null {
  const { blocksHit, blocksRead } = figures
  const hit = blocksHit - (before?.blocksHit ?? 0)
  const read = blocksRead - (before?.blocksRead ?? 0)
  if (before !== null && hit >= 0 && read >= 0 && hit + read >= MIN_BLOCKS) return hit / (hit + read)
  return blocksHit + blocksRead > 0 ? blocksHit / (blocksHit + blocksRead) : null
}

/** Shares in use; CPU needs two readings of the same machine. */
export function machineRatios(
  before: MachineTotals | null,
  now: MachineTotals | null,
): Pick<DatabaseSnapshot, 'cpuRatio' | 'memoryRatio' | 'diskRatio'> {
  return {
    cpuRatio: cpuRatio(before, now),
    memoryRatio: usedRatio(now?.memoryAvailableBytes, now?.memoryBytes),
    diskRatio: usedRatio(now?.diskAvailableBytes, now?.diskBytes),
  }
}

function cpuRatio(before: MachineTotals | null, now: MachineTotals | null): number | null {
  const idle = difference(before?.cpuIdleSeconds, now?.cpuIdleSeconds)
  const all = difference(before?.cpuSeconds, now?.cpuSeconds)
  return idle === null || all === null || all === 0 ? null : within(1 - idle / all)
}

/** Null too where a total fell: the machine was started anew. */
function difference(before: number | null | undefined, now: number | null | undefined): number | null {
  if (before === null || before === undefined || now === null || now === undefined) return null
  return now >= before ? now - before : null
}

function usedRatio(available: number | null | undefined, all: number | null | undefined): number | null {
  if (available === null || available === undefined || all === null || all === undefined || all === 0) return null
  return within(1 - available / all)
}

function within(ratio: number): number {
  return Math.min(1, Math.max(0, ratio))
}
