import { Document } from 'yaml'
import { goodVital } from '../../domain/slo/presets.ts'
import type { Method, SloSpec } from '../../domain/slo/slo.ts'
import { DAY, HOUR, MINUTE } from '../../domain/time/instant.ts'
import type { BurnAlert, OpenSloSyntax } from '../../ports/openslo.ts'

const METHODS: Record<Method, string> = {
  occurrences: 'Occurrences',
  timeslices: 'Timeslices',
  ratio_timeslices: 'RatioTimeslices',
}
const CALENDAR_DURATIONS = { week: '1w', month: '1M', quarter: '1Q', year: '1Y' } as const
/** A Monday that begins a month, a quarter and a year as well. */
const CALENDAR_START = '2024-01-01 00:00:00'

/** One document an SLO with its alert policies in it, conditions included. */
export const writeOpenSlo: OpenSloSyntax['write'] = ({ slos, alerts }) =>
  slos
    .map((slo) =>
      toDocument(
        slo,
        alerts.filter((alert) => alert.slo === slo.key),
      ),
    )
    .map((value) => new Document(value, { aliasDuplicateObjects: false }).toString({ lineWidth: 0 }))
    .join('---\n')

function toDocument(slo: SloSpec, alerts: readonly BurnAlert[]): unknown {
  const { key, name, description, method, target, slice } = slo
  return {
    apiVersion: 'openslo/v1',
    kind: 'SLO',
    metadata: { name: key, ...(name === key ? {} : { displayName: name }) },
    spec: {
      ...(description === '' ? {} : { description }),
      service: key,
      indicator: { metadata: { name: key }, spec: toIndicator(slo) },
      timeWindow: [toWindow(slo)],
      budgetingMethod: METHODS[method],
      objectives: [
        {
          ...thresholdOf(slo),
          target,
          ...(slice === null ? {} : { timeSliceTarget: slice.target, timeSliceWindow: writeDuration(slice.lengthMs) }),
        },
      ],
      ...(alerts.length === 0 ? {} : { alertPolicies: alerts.map(toPolicy) }),
    },
  }
}

function toIndicator({ indicator }: SloSpec): unknown {
  const source = (spec: Record<string, unknown>) => ({ metricSource: { type: 'vigie', spec } })
  switch (indicator.kind) {
    case 'availability': {
      const { keys, tag } = indicator.monitors
      const spec = { monitors: keys === null ? '*' : [...keys], ...(tag === null ? {} : { tag }) }
      return { ratioMetric: { counter: false, good: source({ ...spec, verdict: 'answered' }), total: source(spec) } }
    }
    case 'latency':
      return { thresholdMetric: source({ ...indicator.term }) }
    case 'web_vital':
      return {
        thresholdMetric: source({
          vital: indicator.vital,
          ...(indicator.page === null ? {} : { page: indicator.page }),
        }),
      }
    case 'ratio': {
      const { good, bad, total } = indicator
      const part = good === null ? { bad: source({ ...bad }) } : { good: source({ ...good }) }
      return { ratioMetric: { counter: true, ...part, total: source({ ...total }) } }
    }
  }
}

function thresholdOf({ indicator }: SloSpec): { op?: 'lte'; value?: number } {
  if (indicator.kind === 'latency') return { op: 'lte', value: indicator.threshold }
  return indicator.kind === 'web_vital' ? { op: 'lte', value: goodVital(indicator.vital) } : {}
}

function toWindow({ window }: SloSpec): unknown {
  if (window.kind === 'rolling') return { duration: `${window.days}d`, isRolling: true }
  const { unit, timeZone } = window
  return { duration: CALENDAR_DURATIONS[unit], isRolling: false, calendar: { startTime: CALENDAR_START, timeZone } }
}

function toPolicy({ name, severity, factor, longMs, forMs }: BurnAlert): unknown {
  const condition = {
    kind: 'burnrate',
    op: 'gte',
    threshold: factor,
    lookbackWindow: writeDuration(longMs),
    alertAfter: writeDuration(forMs),
  }
  return {
    kind: 'AlertPolicy',
    metadata: { name },
    spec: {
      alertWhenBreaching: true,
      alertWhenResolved: true,
      alertWhenNoData: false,
      conditions: [{ kind: 'AlertCondition', metadata: { name }, spec: { severity, condition } }],
      notificationTargets: [],
    },
  }
}

/** The largest unit that has no rest. */
function writeDuration(ms: number): string {
  if (ms > 0 && ms % DAY === 0) return `${ms / DAY}d`
  if (ms > 0 && ms % HOUR === 0) return `${ms / HOUR}h`
  return `${ms / MINUTE}m`
}
