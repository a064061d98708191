import { VITAL_BOUNDS } from '../vital/vital.ts'
import type { SloSpec } from './slo.ts'

export const SLO_PRESETS = [
  'uptime_999',
  'uptime_995',
  'p95_500',
  'p95_200',
  'errors_01',
  'errors_1',
  'api_995',
  'query_100',
  'throttled_5',
  'lcp_75',
] as const
/** The promises of the guides (web application, hypercare, phase 4), ready to be taken over. Their names are the page's to say. */
export type SloPreset = (typeof SLO_PRESETS)[number]

const REQUESTS = 'http.server.request.duration'
const STATUS = 'http.response.status_code'
const ROLLING = { kind: 'rolling', days: 30 } as const

type PresetSpec = Pick<SloSpec, 'indicator' | 'window' | 'target'>

const ALL_MONITORS = { kind: 'availability', monitors: { keys: null, tag: null }, counting: 'count' } as const
/** In the series' own seconds: "p95 below 500 ms" is the same as "95 % are below 500 ms". */
const within = (metric: string, threshold: number): PresetSpec => ({
  indicator: { kind: 'latency', term: { metric, aggregate: 'count', where: {} }, threshold },
  window: ROLLING,
  target: 0.95,
})
const without = (status: string | { prefix: string }, target: number): PresetSpec => ({
  indicator: {
    kind: 'ratio',
    good: null,
    bad: { metric: REQUESTS, aggregate: 'count', where: { [STATUS]: status } },
    total: { metric: REQUESTS, aggregate: 'count', where: {} },
  },
  window: ROLLING,
  target,
})

const SPECS: Readonly<Record<SloPreset, PresetSpec>> = {
  uptime_999: { indicator: ALL_MONITORS, window: ROLLING, target: 0.999 },
  uptime_995: { indicator: ALL_MONITORS, window: ROLLING, target: 0.995 },
  p95_500: within(REQUESTS, 0.5),
  p95_200: within(REQUESTS, 0.2),
  errors_01: without({ prefix: '5' }, 0.999),
  errors_1: without({ prefix: '5' }, 0.99),
  api_995: without({ prefix: '5' }, 0.995),
  query_100: within('db.statement.duration', 0.1),
  throttled_5: without('429', 0.95),
  // "Good" of a page is by its 75th percentile: three page views in four.
  lcp_75: { indicator: { kind: 'web_vital', vital: 'lcp', page: null }, window: ROLLING, target: 0.75 },
}

/** What a preset fills in. A key and a name are the person's. */
export function presetSpec(preset: SloPreset): Omit<SloSpec, 'key' | 'name' | 'description'> {
  return { ...SPECS[preset], method: 'occurrences', slice: null }
}

/** The official bound of a vital, in ms (CLS has no unit): at or below it a page view is good. */
export function goodVital(vital: 'lcp' | 'inp' | 'cls' | 'fcp' | 'ttfb'): number {
  return VITAL_BOUNDS[vital][0]
}
