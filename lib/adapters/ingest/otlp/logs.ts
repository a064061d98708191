import type { LogRecord } from '../../../domain/log/record.ts'
import type { Instant } from '../../../domain/time/instant.ts'
import type { ReadTelemetry } from '../../../ports/telemetry-format.ts'
import { firstIssue } from '../first-issue.ts'
import { toLogRecord } from '../log-record.ts'
import { readJson } from '../read-json.ts'
import { createRefusalList } from '../refusal-list.ts'
import { SEVERITY_UNKNOWN, severityOfWord } from '../severity.ts'
import { cleanText } from '../text.ts'
import { anyValueText } from './any-value.ts'
import { sharedAttributes, withAttributes } from './attributes.ts'
import { fromNanoseconds } from './nanoseconds.ts'
import { logRecordSchema, logsRequestSchema } from './schema.ts'
import { findWarning } from './warning.ts'

/** The sender's own id of a line, by the semantic conventions. */
const RECORD_ID = 'log.record.uid'

/**
 * Reads an OTLP/HTTP JSON `ExportLogsServiceRequest`. A body whose frame is not understood is refused whole; a record that is not, is
 * refused alone.
 */
export function readOtlpLogs(text: string, receivedAt: Instant): ReadTelemetry {
  const json = readJson(text)
  if (!json.ok) return json
  const request = logsRequestSchema.safeParse(json.value)
  if (!request.success) return { ok: false, ...firstIssue(request.error, '') }
  const { resourceLogs } = request.data
  const logs: LogRecord[] = []
  const refusals = createRefusalList()
  let hasOwnTimes = true
  for (const [index, { resource, scopeLogs }] of resourceLogs.entries()) {
    for (const [inner, { scope, logRecords }] of scopeLogs.entries()) {
      const shared = sharedAttributes(resource, scope)
      for (const [position, given] of logRecords.entries()) {
        const parsed = logRecordSchema.safeParse(given)
        if (!parsed.success) {
          const path = `resourceLogs[${index}].scopeLogs[${inner}].logRecords[${position}]`
          refusals.add({ ...firstIssue(parsed.error, path), code: 'invalid', count: 1 })
          continue
        }
        const time = fromNanoseconds(parsed.data.timeUnixNano) ?? fromNanoseconds(parsed.data.observedTimeUnixNano)
        if (time === null) hasOwnTimes = false
        logs.push(toRecord(parsed.data, shared, Math.floor(time ?? receivedAt)))
      }
    }
  }
  const warning = findWarning(json.value, resourceLogs.length, 'resourceLogs')
  const [told, rejections] = [refusals.told(), refusals.rejections()]
  return { ok: true, reading: { series: [], logs, refusals: told, rejections, mergedCount: 0, hasOwnTimes, warning } }
}

type ParsedRecord = ReturnType<typeof logRecordSchema.parse>

function toRecord(record: ParsedRecord, shared: ReadonlyMap<string, string>, at: Instant): LogRecord {
  const facts = withAttributes(shared, record.attributes)
  const id = facts.get(RECORD_ID) ?? null
  facts.delete(RECORD_ID)
  const eventName = cleanText(record.eventName ?? '')
  if (eventName !== '') facts.set('event.name', eventName)
  const spanId = hexId(record.spanId, 16)
  if (spanId !== null) facts.set('span_id', spanId)
  return toLogRecord({
    at,
    id,
    severity: record.severityNumber || (severityOfWord(record.severityText ?? '') ?? SEVERITY_UNKNOWN),
    message: anyValueText(record.body) ?? eventName,
    traceId: hexId(record.traceId, 32),
    source: 'otlp',
    facts,
    measured: null,
  })
}

/** An id in small letters; null for one of another length, of other characters, or of zeros alone, which all mean none. */
function hexId(id: string | null | undefined, length: number): string | null {
  const text = (id ?? '').toLowerCase()
  return text.length === length && /^[0-9a-f]+$/.test(text) && !/^0+$/.test(text) ? text : null
}
