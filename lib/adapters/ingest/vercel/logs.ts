import type { LogRecord } from '../../../domain/log/record.ts'
import type { ReadTelemetry } from '../../../ports/telemetry-format.ts'
import { firstIssue } from '../first-issue.ts'
import { readLines } from '../json/lines.ts'
import { toPlainText } from '../plain-text.ts'
import { createRefusalList } from '../refusal-list.ts'
import { severityOf, toLineRecord, toRequestRecord } from './line.ts'
import { type DrainRequest, reportOf, requestOf } from './request.ts'
import { type DrainLine, drainLineSchema } from './schema.ts'

interface Seen {
  line: DrainLine
  request: DrainRequest
}

/**
 * One delivery of a log drain of Vercel, a list or one object a line. A request yields several lines, which all describe it: it becomes one
 * record of its own, with the duration when the platform's report on the run is in the same delivery.
 */
export function readVercelDrain(text: string): ReadTelemetry {
  const body = readLines(text)
  if (!body.ok) return { ok: false, field: '', message: body.message }
  const logs: LogRecord[] = []
  const refusals = createRefusalList()
  const requests = new Map<string, Seen>()
  const durations = new Map<string, number>()
  for (const given of body.lines) {
    const refuse = (field: string, message: string) => refusals.add({ field, message, code: 'invalid', count: 1 })
    const whole = given.path.replace(/: $/, '')
    if (!given.ok) {
      refuse(whole, given.message)
      continue
    }
    const schema = otherSchemaOf(given.value)
    const parsed = drainLineSchema.safeParse(given.value)
    const severity = parsed.success ? severityOf(parsed.data) : null
    if (schema !== null) refuse(whole, `is of ${schema}, and this address takes logs alone`)
    else if (!parsed.success) {
      const { field, message } = firstIssue(parsed.error, given.path)
      refuse(field.replace(/: $/, ''), message)
    } else if (severity === null) refuse(join(given.path, 'level'), 'must be info, warning, error or fatal')
    else {
      const line = parsed.data
      const message = toPlainText(line.message)
      const report = reportOf(message, line.requestId)
      if (report !== null) durations.set(report.id, report.ms)
      const request = requestOf(line)
      if (request !== null) keepBest(requests, { line, request })
      // A line without words only stands for its request.
      if (request === null || message.trim() !== '') logs.push(toLineRecord(line, severity))
    }
  }
  for (const { line, request } of requests.values()) {
    logs.push(toRequestRecord(line, request, durations.get(request.id) ?? null))
  }
  const [told, rejections] = [refusals.told(), refusals.rejections()]
  const reading = { series: [], logs, refusals: told, rejections, mergedCount: 0, hasOwnTimes: true, warning: null }
  return { ok: true, reading }
}

/** The line that knows most of a request; of equals the one with the lowest id, so that their order does not matter. */
function keepBest(requests: Map<string, Seen>, seen: Seen): void {
  const { id } = seen.request
  const known = requests.get(id)
  const isBetter =
    known === undefined ||
    seen.request.rank < known.request.rank ||
    (seen.request.rank === known.request.rank && seen.line.id < known.line.id)
  if (isBetter) requests.set(id, seen)
}

/** Drains of traces, speed insights and analytics carry the name of their schema; log drains have none. */
function otherSchemaOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('schema' in value)) return null
  return typeof value.schema === 'string' && /^vercel\.[\w.]{1,60}$/.test(value.schema) ? value.schema : null
}

function join(path: string, field: string): string {
  return path === '' || path.endsWith(': ') ? `${path}${field}` : `${path}.${field}`
}
