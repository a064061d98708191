import type { Tally } from '../slo/methods.ts'
import { goodAndTotal } from '../slo/sli.ts'
import type { Indicator, Slo } from '../slo/slo.ts'
import { formatDuration } from '../time/format-duration.ts'
import type { Instant } from '../time/instant.ts'
import type { BurnRateCondition } from './condition.ts'
import type { GroupOutcome } from './outcome.ts'
import type { RuleInputs } from './rule-inputs.ts'

interface Burn {
  factor: number
  long: number
  short: number
  bad: number
  window: BurnRateCondition['windows'][number]
}

/**
 * How fast an error budget is spent, over a long window and a short one (SRE Workbook, chapter 5): burn rate = share of bad events by
 * (1 - target). Windows without events say nothing; when none of them has any, there is no data. The budget of one monitor is its group, so
 * that the alert is about that monitor.
 */
export function evaluateBurnRate(
  slo: Slo,
  condition: BurnRateCondition,
  at: Instant,
  inputs: RuleInputs,
): GroupOutcome[] {
  const { minBadEvents, level } = condition
  const group = groupOfBudget(slo.indicator)
  const burns = condition.windows.flatMap((window) => burnOf(slo, window, at, inputs) ?? [])
  const head = `${slo.name} burns its error budget`
  const [first] = burns
  if (first === undefined) {
    return [{ group, kind: 'no_data', since: null, reason: `${slo.name} has no events in any window` }]
  }
  const fast = burns.filter(({ factor, long, short }) => reaches(long, factor) && reaches(short, factor))
  const bad = fast.find((burn) => burn.bad >= minBadEvents)
  const worst = bad ?? fast[0] ?? burns.reduce((one, other) => (nearness(other) > nearness(one) ? other : one))
  const few = bad === undefined && fast.length > 0 ? `, but by ${worst.bad} bad events only, of ${minBadEvents}` : ''
  const reason = inputs.isWordless === true ? '' : `${head} ${explain(worst)}${few}`
  const isBad = bad !== undefined
  return [{ group, kind: 'judged', level: isBad ? level : null, value: worst.long, limit: worst.factor, reason }]
}

/** By name alone: how many monitors have a tag changes, and with it the alert would begin anew. */
function groupOfBudget(indicator: Indicator): readonly string[] {
  const keys = indicator.kind === 'availability' ? indicator.monitors.keys : null
  return keys?.length === 1 ? keys : []
}

/** At least, but for what is lost in the last digits of a double. */
function reaches(rate: number, factor: number): boolean {
  return rate >= factor * (1 - ROUNDING)
}

const ROUNDING = 1e-9

/** How near the slower of both windows is to its factor. */
function nearness({ factor, long, short }: Burn): number {
  return Math.min(long, short) / factor
}

function burnOf(
  slo: Slo,
  window: BurnRateCondition['windows'][number],
  at: Instant,
  { answerOf }: RuleInputs,
): Burn | null {
  const { factor, longMs, shortMs } = window
  const long = goodAndTotal(slo, at - longMs, at, answerOf)
  const short = long === null ? null : goodAndTotal(slo, at - shortMs, at, answerOf)
  if (long === null || short === null) return null
  return { factor, long: rateOf(long, slo), short: rateOf(short, slo), bad: long.total - long.good, window }
}

function rateOf({ good, total }: Tally, { target }: Slo): number {
  return total === 0 ? 0 : 1 / (1 - target) - good / total / (1 - target)
}

function explain({ long, short, factor, window }: Burn): string {
  const over = `${long.toPrecision(3)} times too fast over ${formatDuration(window.longMs, 'en')}`
  const lately = `${short.toPrecision(3)} over ${formatDuration(window.shortMs, 'en')}`
  return `${over} and ${lately}, limit ${factor}`
}
