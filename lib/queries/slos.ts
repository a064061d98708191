import { type Budget, budgetOf, burnRateOf, forecastExhaustion } from '../domain/slo/budget.ts'
import { type BurnRow, burnPresets, isBurning, MIN_BAD_EVENTS } from '../domain/slo/burn.ts'
import { addTallies, type Interval, NOTHING, type Tally, tallySlices } from '../domain/slo/methods.ts'
import type { Slo, SloSpec } from '../domain/slo/slo.ts'
import { elapsedShare, windowAt } from '../domain/slo/window.ts'
import { DAY, HOUR, type Instant, MINUTE } from '../domain/time/instant.ts'
import type { SloFigures, SloPoint, SloReader } from '../ports/slo-reader.ts'

/** The spans of the list and of the page. */
export const BURN_SPANS_MS = [HOUR, 6 * HOUR, 3 * DAY] as const
/** A day and a night: shorter, the forecast would follow the hour. */
const FORECAST_SPAN_MS = DAY

/**
 * - `no_data`: nothing counted in the whole window.
 * - `exhausted`: more failed than the window allows.
 * - `burning`, `slow_burn`: a pair of windows that pages, or asks for a ticket, is over its burn rate now.
 * - `kept`: none of these.
 */
export type SloState = 'no_data' | 'exhausted' | 'burning' | 'slow_burn' | 'kept'

/** How fast the budget went over a span, and the numbers behind it. */
export interface Burn {
  spanMs: number
  from: Instant
  tally: Tally | null
  rate: number | null
}

export interface BurnPair extends BurnRow {
  long: Burn
  short: Burn
  isBurning: boolean
}

export interface SloView<Of extends SloSpec = Slo> {
  slo: Of
  window: Interval
  /** Over the window so far. */
  tally: Tally | null
  budget: Budget | null
  burns: readonly Burn[]
  pairs: readonly BurnPair[]
  /** When the budget is used up if it goes on as in the last day; null when it is not. */
  exhaustedAt: Instant | null
  state: SloState
  /** What is left of the budget after each stretch of the window, as a share of the whole budget. */
  course: readonly (SloPoint & { left: number })[]
}

/** All SLOs of a project with what they come to, in two round trips however many there are. */
export async function readSlos(reader: SloReader, projectId: string, now: Instant): Promise<SloView[]> {
  return viewSlos(reader, projectId, await reader.list(projectId), now)
}

/** The same for SLOs that may not be stored yet. */
export async function viewSlos<Of extends SloSpec>(
  reader: Pick<SloReader, 'readFigures'>,
  projectId: string,
  slos: readonly Of[],
  now: Instant,
): Promise<SloView<Of>[]> {
  const questions = slos.map(({ indicator, method, slice, window }) => ({
    indicator,
    method,
    slice,
    from: windowAt(window, now).from,
  }))
  const figures = await reader.readFigures(projectId, questions)
  return slos.map((slo, index) => viewSlo(slo, figures[index] ?? { points: [], minutes: [] }, now))
}

function viewSlo<Of extends SloSpec>(slo: Of, figures: SloFigures, now: Instant): SloView<Of> {
  const { target } = slo
  const window = windowAt(slo.window, now)
  const points = figures.points.filter(({ at }) => at >= window.from)
  const sum = addTallies(points)
  const tally = sum.total === 0 ? null : sum
  const budget = budgetOf(tally, target, slo.window, now)
  const burnOver = (spanMs: number) => burnOf(slo, figures, spanMs, now)
  const pairs = burnPresets(slo.window, slo.slice).map((row): BurnPair => {
    const [long, short] = [burnOver(row.longMs), burnOver(row.shortMs)]
    const limits = { target, minBadEvents: MIN_BAD_EVENTS }
    return { ...row, long, short, isBurning: isBurning(row.factor, { long: long.tally, short: short.tally }, limits) }
  })
  const forecast = { left: budget?.left ?? 1, burnRate: burnOver(FORECAST_SPAN_MS).rate }
  return {
    slo,
    window,
    tally,
    budget,
    burns: BURN_SPANS_MS.map(burnOver),
    pairs,
    exhaustedAt: budget === null ? null : forecastExhaustion(forecast, slo.window, now),
    state: stateOf(budget, pairs),
    course: courseOf(slo, points, sum, now),
  }
}

function stateOf(budget: Budget | null, pairs: readonly BurnPair[]): SloState {
  if (budget === null) return 'no_data'
  if (budget.left <= 0) return 'exhausted'
  const burning = pairs.filter((pair) => pair.isBurning)
  if (burning.length === 0) return 'kept'
  return burning.some(({ severity }) => severity === 'page') ? 'burning' : 'slow_burn'
}

/** Up to an hour from minutes; longer spans from hours, begun at the nearest one. */
function burnOf(
  { method, slice, target }: SloSpec,
  { points, minutes }: SloFigures,
  spanMs: number,
  now: Instant,
): Burn {
  const isFine = spanMs <= HOUR
  const from = isFine ? floor(now, MINUTE) - spanMs : Math.round((now - spanMs) / HOUR) * HOUR
  const tally = isFine
    ? tallySlices(method, sliceMinutes(minutes, from, slice?.lengthMs ?? MINUTE), slice?.target ?? 1)
    : nothingAsNull(addTallies(points.filter(({ at }) => at >= from)))
  return { spanMs, from, tally, rate: burnRateOf(tally, target) }
}

function sliceMinutes(minutes: SloFigures['minutes'], from: Instant, lengthMs: number): Tally[] {
  const slices = new Map<Instant, Tally>()
  for (const minute of minutes) {
    if (minute.at < from) continue
    const at = floor(minute.at, lengthMs)
    slices.set(at, addTallies([slices.get(at) ?? NOTHING, minute]))
  }
  return [...slices.values()]
}

/** The budget of the whole window, less what each stretch took of it. */
function courseOf(slo: SloSpec, points: readonly SloPoint[], { total }: Tally, now: Instant): SloView['course'] {
  const allowed = ((1 - slo.target) * total) / elapsedShare(slo.window, now)
  let bad = 0
  return points.map((point) => {
    bad += point.total - point.good
    return { ...point, left: 1 - bad / allowed }
  })
}

function nothingAsNull(tally: Tally): Tally | null {
  return tally.total === 0 ? null : tally
}

function floor(at: Instant, stepMs: number): Instant {
  return Math.floor(at / stepMs) * stepMs
}
