import { DAY, HOUR } from '../time/instant.ts'
import type { CheckedRule, KnownThings } from './check.ts'
import { knownMetric, termsOf } from './check-terms.ts'
import type { RuleCondition } from './condition.ts'
import { issueOf, type RuleIssue } from './file-form.ts'

const WEEK = 7 * DAY
/** What is usual in an hour of the week is known after so many. */
const MIN_WEEKS = 3
const MIN_BASELINE_WEEKS = 2

/** Whether windows fit the data: not shorter than its interval, not longer than what is kept, and with enough history. */
export function checkWindows(condition: RuleCondition, known: KnownThings): CheckedRule {
  const windows = windowsOf(condition)
  return {
    errors: windows.flatMap(({ path, windowMs, reachMs }) => [
      ...termsOf(condition).flatMap(({ term }) => checkInterval(term.metric, path, windowMs, known)),
      ...checkRetention(path, reachMs, known),
    ]),
    warnings: checkHistory(condition, known),
  }
}

/** Each window, and how far back its rule reaches with it. */
function windowsOf(condition: RuleCondition): { path: readonly string[]; windowMs: number; reachMs: number }[] {
  switch (condition.kind) {
    case 'threshold':
    case 'absence':
    case 'anomaly': {
      const { windowMs } = condition
      return [{ path: ['condition', 'window'], windowMs, reachMs: windowMs }]
    }
    case 'baseline': {
      const { windowMs, weeks } = condition
      return [{ path: ['condition', 'window'], windowMs, reachMs: weeks * WEEK + windowMs }]
    }
    case 'burn_rate':
      return condition.windows.map(({ longMs }, index) => ({
        path: ['condition', 'windows', String(index), 'long'],
        windowMs: longMs,
        reachMs: longMs,
      }))
    default:
      return []
  }
}

function checkInterval(metric: string, path: readonly string[], windowMs: number, known: KnownThings): RuleIssue[] {
  const intervalMs = knownMetric(metric, known)?.intervalMs ?? 0
  if (windowMs >= intervalMs) return []
  return [issueOf(path, { code: 'window_too_short', values: { windowMs, metric, intervalMs } })]
}

function checkRetention(path: readonly string[], reachMs: number, { retentionMs }: KnownThings): RuleIssue[] {
  if (reachMs <= retentionMs) return []
  return [issueOf(path, { code: 'beyond_retention', values: { reachMs, keptMs: retentionMs } })]
}

function checkHistory(condition: RuleCondition, known: KnownThings): RuleIssue[] {
  const needed = weeksNeeded(condition)
  if (needed === null) return []
  const ages = termsOf(condition).map(({ term }) => known.at - (knownMetric(term.metric, known)?.firstSeenAt ?? 0))
  const ageMs = Math.min(...ages)
  const tooYoung =
    ageMs >= needed * WEEK ? [] : [issueOf(['condition'], { code: 'too_young', values: { weeks: needed, ageMs } })]
  const isUneven =
    condition.kind === 'anomaly' && condition.windowMs % HOUR !== 0 && condition.season === 'hour_of_week'
  const uneven = issueOf(['condition', 'window'], { code: 'uneven_window', values: null })
  return [...tooYoung, ...(isUneven ? [uneven] : [])]
}

function weeksNeeded(condition: RuleCondition): number | null {
  if (condition.kind === 'baseline') return MIN_BASELINE_WEEKS
  return condition.kind === 'anomaly' && condition.season === 'hour_of_week' ? MIN_WEEKS : null
}
