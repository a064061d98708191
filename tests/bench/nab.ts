import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { AnomalyMemory } from '../../lib/domain/rule/anomaly-memory.ts'
import type { AnomalyCondition } from '../../lib/domain/rule/condition.ts'
import { evaluateRule } from '../../lib/domain/rule/evaluate.ts'
import type { EvaluableRule, RuleInputs } from '../../lib/domain/rule/rule-inputs.ts'
import type { AnswerOf } from '../../lib/domain/series/figures.ts'
import { EMPTY_HISTOGRAM } from '../../lib/domain/series/histogram.ts'
import { DAY, HOUR, MINUTE } from '../../lib/domain/time/instant.ts'
import { type LabelledSeries, normalise, PROFILES } from './nab-score.ts'

/** The defaults of `unusual(…)`, the same for every series. */
const CONDITION: AnomalyCondition = {
  kind: 'anomaly',
  source: { of: { metric: 'value', aggregate: 'avg' } },
  windowMs: HOUR,
  season: 'hour_of_day',
  direction: 'both',
  sensitivity: 1,
  cooldownMs: DAY,
  level: 'warning',
}
const RULE: EvaluableRule = { key: 'nab', condition: CONDITION, groupBy: [], groupLimit: 1 }

interface Row {
  at: number
  value: number
}

/**
 * How the anomaly rule fares on labelled series that others made: a floor against regressions, and no claim about quality. Each row is one
 * evaluation, and the row at which the rule begins to hold is a detection: one alert.
 */
export function benchNab(folder: string): Record<string, unknown> {
  const labels = JSON.parse(readFileSync(join(folder, 'windows.json'), 'utf8')) as Record<string, [string, string][]>
  const all = Object.entries(labels).map(([file, windows]) => {
    const rows = readRows(join(folder, 'data', file))
    return { series: labelled(rows, windows), detections: detect(rows) }
  })
  const scores = Object.entries(PROFILES).map(([name, profile]) => [name, Number(normalise(all, profile).toFixed(1))])
  return {
    series: all.length,
    detections: all.reduce((sum, one) => sum + one.detections.length, 0),
    ...Object.fromEntries(scores),
  }
}

function readRows(path: string): Row[] {
  const lines = readFileSync(path, 'utf8').trim().split(/\r?\n/).slice(1)
  return lines.map((line) => {
    const [time = '', value] = line.split(',')
    return { at: Date.parse(`${time.replace(' ', 'T')}Z`), value: Number(value) }
  })
}

function labelled(rows: readonly Row[], windows: readonly [string, string][]): LabelledSeries {
  const rowAt = (time: string) => rows.findIndex(({ at }) => at >= Date.parse(`${time.replace(' ', 'T')}Z`))
  return {
    rowCount: rows.length,
    windows: windows.map(([first, last]) => ({ first: rowAt(first), last: rowAt(last) })),
  }
}

/** Rows at which the rule begins to hold. */
function detect(rows: readonly Row[]): number[] {
  let memory: AnomalyMemory | null = null
  let wasUnusual = false
  const answerOf = answersOf(rows)
  return rows.flatMap(({ at }, index) => {
    const inputs: RuleInputs = {
      answerOf,
      monitors: [],
      activeLevelOf: () => (wasUnusual ? 'warning' : null),
      firingGroupsOf: () => [],
      knownGroupsOf: () => [],
      slos: new Map(),
      memoryOf: () => memory,
    }
    const outcome = evaluateRule(RULE, Math.floor(at / MINUTE) * MINUTE + MINUTE, inputs)
    const [group] = outcome.kind === 'evaluated' ? outcome.groups : []
    const isUnusual = group?.kind === 'judged' && group.level !== null
    if (group?.kind === 'judged') memory = group.memory ?? memory
    const begins = isUnusual && !wasUnusual
    wasUnusual = isUnusual
    return begins ? [index] : []
  })
}

/** Figures of rows between two instants, from running sums. */
function answersOf(rows: readonly Row[]): AnswerOf {
  const sums = [0]
  for (const { value } of rows) sums.push((sums.at(-1) ?? 0) + value)
  const firstFrom = (at: number) => {
    let [low, high] = [0, rows.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((rows[middle]?.at ?? 0) < at) low = middle + 1
      else high = middle
    }
    return low
  }
  return ({ from, until }) => {
    const [first, end] = [firstFrom(from), firstFrom(until)]
    if (first === end) return []
    const sum = (sums[end] ?? 0) - (sums[first] ?? 0)
    const lastAt = rows[end - 1]?.at ?? 0
    const none = { min: null, max: null, last: null, histogram: EMPTY_HISTOGRAM }
    return [{ group: [], figures: { kind: 'gauge', count: end - first, sum, lastAt, ...none } }]
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const folder = process.env.VIGIE_NAB_DIR ?? ''
  const result = existsSync(join(folder, 'windows.json'))
    ? benchNab(folder)
    : { skipped: 'VIGIE_NAB_DIR names no folder with windows.json and data/ of the Numenta Anomaly Benchmark' }
  console.log(JSON.stringify(result))
}
