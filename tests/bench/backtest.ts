import { performance } from 'node:perf_hooks'
import { pathToFileURL } from 'node:url'
import { runBackTest } from '../../lib/domain/alert/back-test.ts'
import type { TestedRule } from '../../lib/domain/alert/back-test-step.ts'
import { createStoredAnswers, type StoredTerm } from '../../lib/domain/alert/stored-answers.ts'
import { parseOneLine } from '../../lib/domain/rule/one-line.ts'
import { EMPTY_HISTOGRAM } from '../../lib/domain/series/histogram.ts'
import { DAY, HOUR, MINUTE } from '../../lib/domain/time/instant.ts'
import { columnsOf } from '../support/stored-columns.ts'

const UNTIL = Date.UTC(2026, 10, 21)
const FROM = UNTIL - 30 * DAY
const METRIC = 'http.server.request.duration'
const REPEATS = 5

export interface BackTestFigures {
  /** Thirty days at one minute, once read: the median over repetitions. */
  thresholdMs: number
  ratioMs: number
  baselineMs: number
  p95Ms: number
}

/** How long the evaluator and the life cycle take over thirty days of stored minutes, for each kind that people write most. */
export async function benchBackTest(): Promise<BackTestFigures> {
  // As they are read: histograms come along for percentiles alone.
  const plain = stored(false)
  return {
    thresholdMs: time(`avg(${METRIC}) > 900ms for 5m [warn > 500ms]`, plain),
    ratioMs: time(`sum(${METRIC}) / count(${METRIC}) > 0.9 for 5m`, plain),
    baselineMs: time(`count(${METRIC}) over 1h < 0.5x usual`, plain),
    p95Ms: time(`p95(${METRIC}) > 2s for 5m [warn > 1s]`, stored(true)),
  }
}

function time(line: string, term: StoredTerm): number {
  const read = parseOneLine(line, { unitOf: () => 's' })
  if (!read.ok) throw new Error(`${line}: ${read.error.message}`)
  const { condition, groupBy, forMs, keepFiringForMs } = read.rule
  const rule: TestedRule = {
    key: 'bench',
    condition,
    groupBy: groupBy ?? [],
    groupLimit: 10,
    forMs: forMs ?? 0,
    keepFiringForMs: keepFiringForMs ?? 0,
    noData: 'resolve',
    throttleMs: 0,
  }
  const times = Array.from({ length: REPEATS }, () => {
    const startedMs = performance.now()
    const answerOf = createStoredAnswers([term])
    const { evaluations } = runBackTest({
      rules: [rule],
      phases: [{ from: FROM, until: UNTIL, stepMs: MINUTE }],
      inputs: { answerOf, slos: new Map(), unitOf: () => 's' },
      monitorsAt: () => [],
      pointMs: 2 * HOUR,
    })
    if (evaluations !== (UNTIL - FROM) / MINUTE) throw new Error(`${evaluations} evaluations`)
    return performance.now() - startedMs
  })
  return times.sort((one, other) => one - other)[Math.floor(REPEATS / 2)] ?? 0
}

/** A busy route: some fifty buckets a minute, with a slow half hour a day, and four weeks before them for the baseline. */
function stored(hasHistograms: boolean): StoredTerm {
  const minutes = Array.from({ length: (30 + 28) * 24 * 60 }, (_, index) => {
    const at = FROM - 28 * DAY + index * MINUTE
    const isSlow = index % 1440 > 600 && index % 1440 < 630
    const shift = isSlow ? 120 : (index % 17) - 8
    const keys = Array.from({ length: 50 }, (_key, bucket) => -120 + shift + bucket * 2)
    const counts = keys.map((_key, bucket) => 1 + ((bucket * 7 + index) % 5))
    const count = counts.reduce((sum, n) => sum + n, 0)
    const sum = keys.reduce((total, key, bucket) => total + 2 ** (key / 64) * (counts[bucket] ?? 0), 0)
    const figures = { kind: 'histogram' as const, count, sum, min: 0.1, max: 4, last: null, lastAt: at }
    return { at, figures: { ...figures, histogram: hasHistograms ? { keys, counts } : EMPTY_HISTOGRAM } }
  })
  return {
    metric: METRIC,
    where: undefined,
    groupBy: [],
    minutesFrom: 0,
    lines: [{ group: [], hours: columnsOf([]), minutes: columnsOf(minutes) }],
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(JSON.stringify(await benchBackTest()))
}
