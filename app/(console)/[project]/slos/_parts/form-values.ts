import type { SloSpec } from '@/lib/domain/slo/slo.ts'
import { writeWhere } from '@/lib/domain/slo/where-text.ts'
import { MINUTE } from '@/lib/domain/time/instant.ts'

export type SloFormValues = Record<
  | 'name'
  | 'key'
  | 'description'
  | 'scope'
  | 'metric'
  | 'where'
  | 'threshold'
  | 'counts'
  | 'totalMetric'
  | 'totalWhere'
  | 'vital'
  | 'page'
  | 'target'
  | 'window'
  | 'timeZone'
  | 'method'
  | 'sliceMinutes'
  | 'sliceTarget',
  string
>

/** An SLO as the form shows it; `timeZone` is the project's. */
export function toFormValues(spec: Partial<SloSpec>, timeZone: string): SloFormValues {
  const { name = '', key = '', description = '', indicator, window, target, method = 'occurrences', slice } = spec
  const own = indicator === undefined ? {} : indicatorValues(indicator)
  return {
    ...{ metric: '', where: '', threshold: '', counts: 'bad', totalMetric: '', totalWhere: '', vital: 'lcp', page: '' },
    ...{ name, key, description, method, scope: 'all' },
    ...own,
    target: target === undefined ? '99.9' : percent(target),
    window: window === undefined ? '30' : window.kind === 'rolling' ? String(window.days) : window.unit,
    timeZone: window?.kind === 'calendar' ? window.timeZone : timeZone,
    sliceMinutes: String((slice?.lengthMs ?? 5 * MINUTE) / MINUTE),
    sliceTarget: percent(slice?.target ?? 1),
  }
}

function indicatorValues(indicator: SloSpec['indicator']): Partial<SloFormValues> {
  switch (indicator.kind) {
    case 'availability': {
      const { keys, tag } = indicator.monitors
      return { scope: keys !== null ? 'chosen' : tag !== null ? `tag:${tag}` : 'all' }
    }
    case 'latency':
      return {
        metric: indicator.term.metric,
        where: writeWhere(indicator.term.where),
        threshold: String(indicator.threshold),
      }
    case 'ratio': {
      const part = indicator.good ?? indicator.bad ?? indicator.total
      return {
        counts: indicator.good === null ? 'bad' : 'good',
        metric: part.metric,
        where: writeWhere(part.where),
        totalMetric: indicator.total.metric === part.metric ? '' : indicator.total.metric,
        totalWhere: writeWhere(indicator.total.where),
      }
    }
    case 'web_vital':
      return { vital: indicator.vital, page: indicator.page ?? '' }
  }
}

function percent(share: number): string {
  return String(Number((share * 100).toPrecision(12)))
}
