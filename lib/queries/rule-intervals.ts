import type { TestedRule } from '../domain/alert/back-test-step.ts'
import { termsOf } from '../domain/rule/check-terms.ts'
import { usualInterval } from '../domain/series/usual-interval.ts'
import { DAY, type Instant, MINUTE } from '../domain/time/instant.ts'
import type { MinutesQuestion, RuleReader } from '../ports/rule-reader.ts'
import type { EditorContext } from './rule-editor.ts'

/** Long enough to see the rhythm of what comes once a day. */
const LOOK_BACK_MS = 7 * DAY
const GROUPS_MAX = 5
const ROWS_MAX = 1_000

/** How often what a rule looks at comes, by metric. Of gauges alone: counters and histograms come when something happens. */
export async function readIntervals(
  deps: { rules: Pick<RuleReader, 'readMinutes'> },
  projectId: string,
  { condition, groupBy }: Pick<TestedRule, 'condition' | 'groupBy'>,
  { metrics, ages }: Pick<EditorContext, 'metrics' | 'ages'>,
  now: Instant,
): Promise<ReadonlyMap<string, number>> {
  const isGauge = (name: string) => ages.has(name) && metrics.some((one) => one.name === name && one.kind === 'gauge')
  const until = Math.floor(now / MINUTE) * MINUTE
  const span = { from: until - LOOK_BACK_MS, until, wantsHistograms: false, groupsMax: GROUPS_MAX, rowsMax: ROWS_MAX }
  const questions = termsOf(condition).flatMap(({ term }): MinutesQuestion[] =>
    isGauge(term.metric) ? [{ metric: term.metric, where: term.where, groupBy, ...span }] : [],
  )
  const answers = await deps.rules.readMinutes(projectId, questions)
  return new Map(
    answers.flatMap((answer): [string, number][] => {
      const groups = (answer?.lines ?? []).map(({ minutes }) => [...minutes.at])
      const intervalMs = usualInterval(groups)
      return answer === null || intervalMs === null ? [] : [[answer.metric, intervalMs]]
    }),
  )
}
