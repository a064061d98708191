import type { Instant } from '../time/instant.ts'
import { badOf, type Interval, type Tally } from './methods.ts'
import type { SloWindow } from './slo.ts'
import { elapsedShare, periodMs, windowAt } from './window.ts'

/** The share that may be bad. */
export function budgetShare(target: number): number {
  return 1 - target
}

/** How long it may be bad in a window: 2,592 s of 30 days at 99.9 %. Its exact length counts, so a month is as long as it is. */
export function allowedMs(target: number, { from, until }: Interval): number {
  return budgetShare(target) * (until - from)
}

/**
 * How fast the budget is spent: the share that is bad by the share that may be (SRE Workbook, chapter 5). At 1 it is used up exactly when the
 * period is over. Null without anything to go by.
 */
export function burnRateOf(tally: Tally | null, target: number): number | null {
  if (tally === null || tally.total === 0) return null
  return badOf(tally) / tally.total / budgetShare(target)
}

export interface Budget {
  /** Share that was good, 0 to 1. */
  sli: number
  /** Share of the budget that is spent; beyond 1 when it is exceeded. */
  spent: number
  /** The rest; negative when it is exceeded. */
  left: number
}

/**
 * What is left of an error budget. In a window of the calendar the part that is still to come brings as much to spend as the part that has
 * passed, by time: one failure in the first minute of a month has not spent the month. Null without anything to go by.
 */
export function budgetOf(tally: Tally | null, target: number, window: SloWindow, now: Instant): Budget | null {
  const burnRate = burnRateOf(tally, target)
  if (tally === null || burnRate === null) return null
  const spent = burnRate * elapsedShare(window, now)
  return { sli: tally.good / tally.total, spent, left: 1 - spent }
}

/**
 * When the budget is used up if it goes on like this: what is left, by the rate. Null when it is not. In a rolling window at a rate of 1 or
 * less as much leaves at the back as comes in; above it, what leaves is passed over, so that the forecast is rather too early. A window of the
 * calendar has no later than its end.
 */
export function forecastExhaustion(
  { left, burnRate }: { left: number; burnRate: number | null },
  window: SloWindow,
  now: Instant,
): Instant | null {
  if (left <= 0) return now
  if (burnRate === null || burnRate <= 0) return null
  if (window.kind === 'rolling') return burnRate <= 1 ? null : now + (left * periodMs(window)) / burnRate
  const { from, until } = windowAt(window, now)
  const at = now + (left * (until - from)) / burnRate
  return at < until ? at : null
}
