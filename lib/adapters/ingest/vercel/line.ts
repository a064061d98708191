import type { LogRecord, SeverityNumber } from '../../../domain/log/record.ts'
import { NAME_LENGTH_MAX } from '../limits.ts'
import { toLogRecord } from '../log-record.ts'
import { toPlainText } from '../plain-text.ts'
import { SEVERITY_UNKNOWN, severityOfWord } from '../severity.ts'
import { cleanText, cutText } from '../text.ts'
import { type DrainRequest, isBackground } from './request.ts'
import { pathOf } from './route.ts'
import type { DrainLine } from './schema.ts'

export const VERCEL_SOURCE = 'vercel'
const ERROR: SeverityNumber = 17

/** Null for a word that is no level. */
export function severityOf({ level }: DrainLine): SeverityNumber | null {
  return level === null || level === undefined || level === '' ? SEVERITY_UNKNOWN : severityOfWord(level)
}

/** What the application or the platform wrote. */
export function toLineRecord(line: DrainLine, severity: SeverityNumber): LogRecord {
  const message = toPlainText(line.message)
  const facts = factsOf(line)
  if (isBackground(line)) facts.set('vercel.background', 'true')
  return toLogRecord({
    at: line.timestamp,
    id: cleanText(line.id),
    severity,
    message: message === '' && isBackground(line) ? `${describe(line)} was made anew in the background` : message,
    traceId: traceOf(line),
    source: VERCEL_SOURCE,
    facts,
    measured: null,
  })
}

/**
 * The request itself as a line: it has the same id and time in whichever delivery it comes, so that the store keeps it once. Counting the
 * lines of a function instead would count a request as often as it wrote something.
 */
export function toRequestRecord(line: DrainLine, request: DrainRequest, durationMs: number | null): LogRecord {
  const { id, at, crashed } = request
  const measured = { ...request.measured, durationMs }
  const { statusCode, method, route } = measured
  const facts = factsOf(line)
  const add = (name: string, value: unknown) => addFact(facts, name, value)
  add('requestId', id)
  add('http.request.method', method)
  add('http.route', route)
  add('http.response.status_code', statusCode)
  add('http.response.body.size', line.proxy?.responseByteSize)
  add('vercel.cache', line.proxy?.vercelCache)
  add('vercel.edge_region', line.proxy?.region)
  add('vercel.path_type', line.proxy?.pathType)
  add('vercel.waf_action', line.proxy?.wafAction)
  add('vercel.waf_rule_id', line.proxy?.wafRuleId)
  if (crashed) add('vercel.crashed', true)
  const took = durationMs === null ? '' : ` in ${durationMs} ms`
  return toLogRecord({
    at,
    id: `request ${id}`,
    severity: statusCode >= 500 ? ERROR : SEVERITY_UNKNOWN,
    message: `${describe(line)} ${statusCode}${took}${crashed ? ' (the function crashed)' : ''}`,
    traceId: traceOf(line),
    source: VERCEL_SOURCE,
    facts,
    measured,
  })
}

function describe({ proxy, path }: DrainLine): string {
  return `${cleanText(proxy?.method ?? '').toUpperCase()} ${pathOf(proxy?.path ?? path ?? '')}`.trim()
}

function factsOf(line: DrainLine): Map<string, string> {
  const facts = new Map<string, string>()
  const add = (name: string, value: unknown) => addFact(facts, name, value)
  add('service.name', line.projectName || line.projectId)
  add('deployment.environment.name', line.environment)
  add('requestId', line.requestId)
  add('deployment.id', line.deploymentId)
  add('vercel.source', line.source)
  add('vercel.type', line.type)
  add('vercel.build_id', line.buildId)
  add('vercel.entrypoint', line.entrypoint)
  add('vcs.ref.head.name', line.branch)
  add('cloud.region', line.executionRegion || line.proxy?.lambdaRegion)
  add('server.address', line.proxy?.host || line.host)
  add('url.path', pathOf(line.proxy?.path ?? ''))
  add('span_id', line.spanId || line['span.id'])
  return facts
}

function addFact(facts: Map<string, string>, name: string, value: unknown): void {
  const text = toPlainText(value)
  if (text !== '') facts.set(name, text)
}

function traceOf(line: DrainLine): string | null {
  const text = toPlainText(line.traceId || line['trace.id'])
  return text === '' ? null : cutText(text, NAME_LENGTH_MAX)
}
