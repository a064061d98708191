import { DAY, HOUR, MINUTE } from '../time/instant.ts'
import { budgetShare, burnRateOf } from './budget.ts'
import { badOf, isAtLeast, type Tally } from './methods.ts'
import type { Slo, SloWindow } from './slo.ts'
import { periodMs } from './window.ts'

/** One pair of windows: both must burn at least `factor` times as fast as the period allows. */
export interface BurnRow {
  severity: 'page' | 'ticket'
  longMs: number
  /** A twelfth of the long one: the alert ends so soon after the errors do. */
  shortMs: number
  /** Share of the period's budget that is spent when the long window alone fires. */
  budget: number
  factor: number
}

/** SRE Workbook, chapter 5, "Multiwindow, Multi-Burn-Rate Alerts", with the 1 d row of google/prometheus-slo-burn-example. */
const ROWS = [
  { severity: 'page', longMs: HOUR, shortMs: 5 * MINUTE, budget: 0.02 },
  { severity: 'page', longMs: 6 * HOUR, shortMs: 30 * MINUTE, budget: 0.05 },
  { severity: 'ticket', longMs: DAY, shortMs: 2 * HOUR, budget: 0.1 },
  { severity: 'ticket', longMs: 3 * DAY, shortMs: 6 * HOUR, budget: 0.1 },
] as const

/** Under so many bad events nothing fires: one failed request of ten in an hour is 1,000 times what 99.99 % allows (Workbook, "Low-Traffic"). */
export const MIN_BAD_EVENTS = 2

/** A window of more slices is not watched: each is a question of its own, every minute. */
const MAX_SLICES = 1_440

/** Burn rate at which this share of a period's budget is spent within a window. */
export function burnFactor(budget: number, ofPeriodMs: number, windowMs: number): number {
  return (budget * ofPeriodMs) / windowMs
}

/**
 * The four pairs of windows for a period: the windows and the shares of the budget stay, the factors follow. Where that would be clearly under
 * 1 (the tickets of a week), 1 is taken: slower than that, a service keeps its target. With slices, a short window holds at least one, and a
 * long one of more than 1,440 is left out.
 */
export function burnPresets(window: SloWindow, slice: Slo['slice'] = null): BurnRow[] {
  const length = slice?.lengthMs ?? 0
  return ROWS.filter(({ longMs }) => length === 0 || (longMs >= length && longMs / length <= MAX_SLICES)).map((row) => {
    const factor = burnFactor(row.budget, periodMs(window), row.longMs)
    return { ...row, shortMs: Math.max(row.shortMs, length), factor: factor < 0.9 ? 1 : factor }
  })
}

/** Everything fails: no burn rate is above it. */
export function highestBurn(target: number): number {
  return 1 / budgetShare(target)
}

/** Whether a burn rate can be reached at all: 14.4 cannot when less than 93.06 % are promised. */
export function reachable(target: number, factor: number): boolean {
  return isAtLeast(highestBurn(target), factor)
}

/** The lowest target at which a burn rate can be reached. */
export function lowestTargetFor(factor: number): number {
  return 1 - 1 / factor
}

/** Whether both windows burn, and enough failed for it to mean something. A window that nothing is known of does not burn. */
export function isBurning(
  factor: number,
  windows: { long: Tally | null; short: Tally | null },
  { target, minBadEvents }: { target: number; minBadEvents: number },
): boolean {
  const { long, short } = windows
  if (long === null || short === null || badOf(long) < minBadEvents) return false
  return [long, short].every((tally) => isAtLeast(burnRateOf(tally, target) ?? 0, factor))
}
