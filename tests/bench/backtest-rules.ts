import type { TestedRule } from '../../lib/domain/alert/back-test-step.ts'
import { parseOneLine } from '../../lib/domain/rule/one-line.ts'
import type { Slo } from '../../lib/domain/slo/slo.ts'

const DURATION = 'http.server.request.duration'
const REQUESTS = 'http.server.requests'

/** A rule of each kind that has a past. */
const LINES = {
  threshold: `avg(${DURATION}) > 900ms for 5m [warn > 500ms]`,
  ratio: `sum(${REQUESTS}) / count(${DURATION}) > 0.9 for 5m`,
  p95: `p95(${DURATION}) > 2s for 5m [warn > 1s]`,
  failures: '3 failures in a row of monitor api',
  absence: `absent(${REQUESTS}) for 10m`,
  baseline: `sum(${REQUESTS}) over 1h < 0.5x usual`,
  anomaly: `unusual(sum(${REQUESTS})) down`,
  burn: 'burn(api) 14.4x over 1h and 5m or 6x over 6h and 30m',
} as const

export type BenchKind = keyof typeof LINES | 'composite'
export const BENCH_KINDS: readonly BenchKind[] = [
  'threshold',
  'ratio',
  'p95',
  'failures',
  'absence',
  'baseline',
  'anomaly',
  'burn',
  'composite',
]

/** The share of requests under 2 s: answered from histograms, the dearest kind. */
export const BENCH_SLO: Slo = {
  id: 'api',
  projectId: 'bench',
  key: 'api',
  name: 'API is fast',
  description: '',
  indicator: { kind: 'latency', term: { metric: DURATION, aggregate: 'p95' }, threshold: 2 },
  method: 'occurrences',
  window: { kind: 'rolling', days: 30 },
  target: 0.999,
  slice: null,
}

/** The rule last, and before it those that it looks at. */
export function benchRules(kind: BenchKind): TestedRule[] {
  if (kind !== 'composite') return [parse(kind, LINES[kind])]
  const parts = [parse('threshold', LINES.threshold), parse('absence', LINES.absence)]
  return [...parts, parse('composite', 'all(threshold, absence)')]
}

function parse(key: string, line: string): TestedRule {
  const read = parseOneLine(line, { unitOf: (metric) => (metric === DURATION ? 's' : '1') })
  if (!read.ok) throw new Error(`${line}: ${read.error.message}`)
  const { condition, groupBy, forMs, keepFiringForMs } = read.rule
  const times = { forMs: forMs ?? 0, keepFiringForMs: keepFiringForMs ?? 0, throttleMs: 0, repeatMs: 0 }
  const together = { incidentBy: null, inhibitedBy: [] }
  return { key, condition, groupBy: groupBy ?? [], groupLimit: 10, noData: 'resolve', ...times, ...together }
}
