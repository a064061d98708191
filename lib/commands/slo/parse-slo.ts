import { COUNTING_OF, sloSpecSchema } from '../../domain/slo/config.ts'
import type { Method, SloSpec } from '../../domain/slo/slo.ts'
import { parseWhere } from '../../domain/slo/where-text.ts'
import { DAY, MINUTE } from '../../domain/time/instant.ts'
import type { CommandResult, FieldError } from '../../ports/command-result.ts'

/** What a form says of an SLO, before it is checked. Numbers as they were typed, with a comma or a point. */
export interface SloDraft {
  key: string
  name: string
  description: string
  kind: string
  /** Keys of monitors; none for all of them. A tag stands instead of them. */
  monitors: readonly string[]
  tag: string
  metric: string
  /** `http.route=/checkout, http.response.status_code=5*`. */
  where: string
  threshold: string
  /** Whether `metric` and `where` count what went well or what went wrong; the total is `totalMetric`, or the same metric. */
  counts: 'good' | 'bad'
  totalMetric: string
  totalWhere: string
  vital: string
  page: string
  /** In percent. */
  target: string
  windowKind: string
  days: string
  unit: string
  timeZone: string
  method: string
  sliceMinutes: string
  /** In percent. */
  sliceTarget: string
}

/** Where the schema finds a fault, and the field of the form that it came from. */
const FIELD_OF: Record<string, string> = {
  'indicator.threshold': 'threshold',
  'indicator.term.metric': 'metric',
  'indicator.good.metric': 'metric',
  'indicator.bad.metric': 'metric',
  'indicator.total.metric': 'totalMetric',
  'indicator.monitors.keys': 'monitors',
  'indicator.monitors.tag': 'tag',
  'indicator.page': 'page',
  'window.days': 'days',
  'window.timeZone': 'timeZone',
  'slice.target': 'sliceTarget',
  'slice.lengthMs': 'sliceMinutes',
}

/** Checks a draft. Every wrong field is named. */
export function parseDraft(draft: SloDraft): CommandResult<SloSpec> {
  const wheres = readWheres(draft)
  const spec = sloSpecSchema.safeParse(toInput(draft, wheres.values))
  const errors: FieldError[] = [...wheres.errors]
  if (!spec.success) {
    for (const { path, message } of spec.error.issues) {
      const field = FIELD_OF[path.filter((step) => typeof step === 'string').join('.')] ?? String(path[0])
      if (!errors.some((error) => error.field === field)) errors.push({ field, code: 'invalid', message })
    }
  }
  if (!spec.success || errors.length > 0) return { ok: false, errors }
  return { ok: true, value: spec.data }
}

function readWheres({ where, totalWhere }: SloDraft) {
  const parsed = { where: parseWhere(where), totalWhere: parseWhere(totalWhere) }
  const errors = Object.entries(parsed).flatMap(([field, one]): FieldError[] =>
    one.ok ? [] : [{ field, code: 'invalid', message: one.message, given: one.given }],
  )
  const whereOf = (one: (typeof parsed)['where']) => (one.ok ? one.where : {})
  return { errors, values: { where: whereOf(parsed.where), totalWhere: whereOf(parsed.totalWhere) } }
}

type Wheres = ReturnType<typeof readWheres>['values']

function toInput(draft: SloDraft, wheres: Wheres): unknown {
  const { key, name, description, method } = draft
  const rolling = { kind: 'rolling', days: toNumber(draft.days) }
  const calendar = { kind: 'calendar', unit: draft.unit, timeZone: draft.timeZone }
  return {
    key,
    name,
    description,
    method,
    indicator: toIndicator(draft, wheres),
    window: draft.windowKind === 'calendar' ? calendar : rolling,
    target: toShare(draft.target),
    slice:
      method === 'occurrences'
        ? null
        : { lengthMs: toNumber(draft.sliceMinutes) * MINUTE, target: toShare(draft.sliceTarget) },
  }
}

function toIndicator(draft: SloDraft, { where, totalWhere }: Wheres): unknown {
  const { kind, monitors, tag, metric, counts, totalMetric } = draft
  if (kind === 'availability') {
    const counting = COUNTING_OF[draft.method as Method]
    return { kind, monitors: { keys: monitors.length === 0 ? null : monitors, tag: tag === '' ? null : tag }, counting }
  }
  const term = { metric, aggregate: 'count', where }
  if (kind === 'latency') return { kind, term, threshold: toNumber(draft.threshold) }
  if (kind === 'ratio') {
    const total = { metric: totalMetric === '' ? metric : totalMetric, aggregate: 'count', where: totalWhere }
    return { kind, good: counts === 'good' ? term : null, bad: counts === 'bad' ? term : null, total }
  }
  return { kind: 'web_vital', vital: draft.vital, page: draft.page === '' ? null : draft.page }
}

function toNumber(text: string): number {
  const given = text.trim().replace(',', '.')
  return given === '' ? Number.NaN : Number(given)
}

/** As many digits as were typed: 99.95 is 0.9995. */
function toShare(percent: string): number {
  return Number((toNumber(percent.replace('%', '')) / 100).toPrecision(12))
}

/** Probes that the monitors of an SLO make in a day; null where it counts something else, or where there are none. */
export function probesADay(
  { indicator }: Pick<SloSpec, 'indicator'>,
  monitors: readonly { key: string; tags: readonly string[]; intervalSeconds: number }[],
): number | null {
  if (indicator.kind !== 'availability') return null
  const { keys, tag } = indicator.monitors
  const chosen = monitors.filter(
    (monitor) => (keys === null || keys.includes(monitor.key)) && (tag === null || monitor.tags.includes(tag)),
  )
  const sum = chosen.reduce((probes, { intervalSeconds }) => probes + DAY / (intervalSeconds * 1_000), 0)
  return sum === 0 ? null : sum
}
