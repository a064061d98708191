import { parseAllDocuments } from 'yaml'
import { explainIssue, flattenIssues } from '../../domain/monitor/schema-issues.ts'
import { COUNTING_OF, sloSpecSchema } from '../../domain/slo/config.ts'
import { goodVital } from '../../domain/slo/presets.ts'
import type { Method, SloSpec } from '../../domain/slo/slo.ts'
import { DAY, HOUR, MINUTE } from '../../domain/time/instant.ts'
import type { BurnAlert, OpenSloFault, OpenSloSyntax } from '../../ports/openslo.ts'
import {
  documentSchema,
  type IndicatorSpec,
  type OpenSloDocument,
  type SloDocumentSpec,
  type TimeWindow,
} from './documents.ts'

const MAX_ALIASES = 100
const UNIT_MS = { m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY }
const CALENDAR_UNITS: Record<string, string> = {
  '1w': 'week',
  '7d': 'week',
  '1M': 'month',
  '1Q': 'quarter',
  '1Y': 'year',
}
const METHOD_OF = {
  Occurrences: 'occurrences',
  Timeslices: 'timeslices',
  RatioTimeslices: 'ratio_timeslices',
} as const satisfies Record<SloDocumentSpec['budgetingMethod'], Method>

/** Thrown within this file alone, and told as a fault. */
class Fault extends Error {
  readonly path: string
  constructor(path: string, message: string) {
    super(message)
    this.path = path
  }
}

export const readOpenSlo: OpenSloSyntax['read'] = (text) => {
  const faults: OpenSloFault[] = []
  const documents = parseDocuments(text, faults)
  const slos: SloSpec[] = []
  const alerts: BurnAlert[] = []
  for (const document of documents) {
    if (document.kind !== 'SLO') continue
    const { name } = document.metadata
    try {
      if (slos.some(({ key }) => key === name)) throw new Fault('metadata.name', 'stands there twice')
      slos.push(toSpec(document, documents))
      alerts.push(...document.spec.alertPolicies.map((policy, index) => toAlert(name, policy, index, documents)))
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      faults.push({ path: `${name}: ${error.path}`, message: error.message })
    }
  }
  if (faults.length === 0 && slos.length === 0) faults.push({ path: '', message: 'holds no document of the kind SLO' })
  return faults.length > 0 ? { ok: false, faults } : { ok: true, slos, alerts }
}

function parseDocuments(text: string, faults: OpenSloFault[]): OpenSloDocument[] {
  const parsed = parseAllDocuments(text, { prettyErrors: false })
  const documents = Array.isArray(parsed) ? parsed : []
  return documents.flatMap((one, index) => {
    const place = `document ${index + 1}`
    const [problem] = one.errors
    if (problem !== undefined) {
      faults.push({ path: place, message: `is no valid YAML: ${problem.message}` })
      return []
    }
    const value: unknown = one.toJS({ maxAliasCount: MAX_ALIASES })
    if (value === null) return []
    const document = documentSchema.safeParse(value, { error: explainIssue })
    if (document.success) return [document.data]
    const name = nameOf(value) ?? place
    const issues = flattenIssues(document.error)
    faults.push(...issues.map(({ path, message }) => ({ path: `${name}: ${path.join('.')}`, message })))
    return []
  })
}

function nameOf(value: unknown): string | null {
  const name = (value as { metadata?: { name?: unknown } }).metadata?.name
  return typeof name === 'string' && name !== '' ? name : null
}

function toSpec(
  { metadata, spec }: Extract<OpenSloDocument, { kind: 'SLO' }>,
  documents: readonly OpenSloDocument[],
): SloSpec {
  const [objective] = spec.objectives
  const [timeWindow] = spec.timeWindow
  if (objective === undefined || timeWindow === undefined) throw new Error('the schema asks for one of each')
  const target = objective.target ?? (objective.targetPercent === undefined ? undefined : objective.targetPercent / 100)
  if (target === undefined) throw new Fault('spec.objectives.0.target', 'is missing: target, or targetPercent')
  const method = METHOD_OF[spec.budgetingMethod]
  const slice =
    method === 'occurrences'
      ? null
      : {
          lengthMs: readDuration(objective.timeSliceWindow ?? '1m', 'spec.objectives.0.timeSliceWindow'),
          target: objective.timeSliceTarget ?? 1,
        }
  const input = {
    key: metadata.name,
    name: metadata.displayName ?? metadata.name,
    description: spec.description,
    indicator: toIndicator(findIndicator(spec, documents), objective, method),
    method,
    window: toWindow(timeWindow),
    target: Number(target.toPrecision(12)),
    slice,
  }
  const parsed = sloSpecSchema.safeParse(input, { error: explainIssue })
  if (parsed.success) return parsed.data
  const [issue] = flattenIssues(parsed.error)
  throw new Fault(`spec (${issue?.path.join('.') ?? ''})`, issue?.message ?? 'is not understood')
}

function findIndicator(
  { indicator, indicatorRef }: SloDocumentSpec,
  documents: readonly OpenSloDocument[],
): IndicatorSpec {
  if (indicator !== undefined) return indicator.spec
  if (indicatorRef === undefined) throw new Fault('spec.indicator', 'is missing: indicator, or indicatorRef')
  const found = documents.find(({ kind, metadata }) => kind === 'SLI' && metadata.name === indicatorRef)
  if (found?.kind !== 'SLI') throw new Fault('spec.indicatorRef', `names no SLI of this file: ${indicatorRef}`)
  return found.spec
}

type Source = NonNullable<IndicatorSpec['thresholdMetric']>

function toIndicator(
  { thresholdMetric, ratioMetric }: IndicatorSpec,
  { op, value }: { op?: string | undefined; value?: number | undefined },
  method: Method,
): unknown {
  if (thresholdMetric !== undefined) {
    if (op !== 'lte' && op !== 'lt')
      throw new Fault('spec.objectives.0.op', 'must be lte or lt: good is what is at or below the value')
    const { vital, page, ...term } = thresholdMetric.metricSource.spec
    if (typeof vital === 'string') {
      if (vital in VITALS && value !== undefined && value !== goodVital(vital as keyof typeof VITALS))
        throw new Fault(
          'spec.objectives.0.value',
          `must be ${goodVital(vital as keyof typeof VITALS)}, the official bound, or left out`,
        )
      return { kind: 'web_vital', vital, page: page ?? null }
    }
    if (value === undefined) throw new Fault('spec.objectives.0.value', 'is missing')
    return { kind: 'latency', term, threshold: value }
  }
  const { good, bad, total } = ratioMetric ?? {}
  if (total === undefined) throw new Error('the schema asks for a total')
  if ('monitors' in total.metricSource.spec || 'tag' in total.metricSource.spec) return toAvailability(total, method)
  const termOf = (source: Source | undefined) => source?.metricSource.spec ?? null
  return { kind: 'ratio', good: termOf(good), bad: termOf(bad), total: termOf(total) }
}

const VITALS = { lcp: true, inp: true, cls: true, fcp: true, ttfb: true }

function toAvailability({ metricSource: { spec } }: Source, method: Method): unknown {
  const { monitors = '*', tag = null } = spec
  return {
    kind: 'availability',
    monitors: { keys: monitors === '*' ? null : monitors, tag },
    counting: COUNTING_OF[method],
  }
}

function toWindow({ duration, isRolling, calendar }: TimeWindow): unknown {
  const path = 'spec.timeWindow.0.duration'
  if (!isRolling || calendar !== undefined) {
    if (calendar === undefined)
      throw new Fault('spec.timeWindow.0.calendar', 'is missing: a window that does not roll needs one')
    const unit = CALENDAR_UNITS[duration]
    if (unit === undefined) throw new Fault(path, `must be 1w, 1M, 1Q or 1Y for a calendar, not ${duration}`)
    return { kind: 'calendar', unit, timeZone: calendar.timeZone }
  }
  const ms = readDuration(duration, path)
  if (ms % DAY !== 0) throw new Fault(path, `must be whole days such as 28d, not ${duration}`)
  return { kind: 'rolling', days: ms / DAY }
}

function toAlert(
  slo: string,
  policy: SloDocumentSpec['alertPolicies'][number],
  index: number,
  documents: readonly OpenSloDocument[],
): BurnAlert {
  const path = `spec.alertPolicies.${index}`
  const found = typeof policy === 'object' && 'kind' in policy ? policy : findPolicy(policy, path, documents)
  const [condition] = found.spec.conditions
  if (condition === undefined) throw new Error('the schema asks for one condition')
  const { spec } = 'kind' in condition ? condition : findCondition(condition.conditionRef, path, documents)
  const { threshold, lookbackWindow, alertAfter } = spec.condition
  return {
    slo,
    name: found.metadata.name,
    // Free text in OpenSLO; "page" is the Workbook's own word.
    severity: /page|critical|high/i.test(spec.severity) ? 'page' : 'ticket',
    factor: threshold,
    longMs: readDuration(lookbackWindow, `${path} (lookbackWindow)`),
    forMs: alertAfter.startsWith('0') ? 0 : readDuration(alertAfter, `${path} (alertAfter)`),
  }
}

function findPolicy(policy: string | { alertPolicyRef: string }, path: string, documents: readonly OpenSloDocument[]) {
  const name = typeof policy === 'string' ? policy : policy.alertPolicyRef
  const found = documents.find(({ kind, metadata }) => kind === 'AlertPolicy' && metadata.name === name)
  if (found?.kind !== 'AlertPolicy') throw new Fault(path, `names no AlertPolicy of this file: ${name}`)
  return found
}

function findCondition(name: string, path: string, documents: readonly OpenSloDocument[]) {
  const found = documents.find(({ kind, metadata }) => kind === 'AlertCondition' && metadata.name === name)
  if (found?.kind !== 'AlertCondition') throw new Fault(path, `names no AlertCondition of this file: ${name}`)
  return found
}

/** OpenSLO's shorthand. Months and longer have no length of their own. */
function readDuration(text: string, path: string): number {
  const unit = UNIT_MS[text.slice(-1) as keyof typeof UNIT_MS]
  if (unit === undefined) throw new Fault(path, `must be in minutes, hours, days or weeks, not ${text}: try 30d`)
  return Number(text.slice(0, -1)) * unit
}
