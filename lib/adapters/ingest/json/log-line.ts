import type { LogRecord, SeverityNumber } from '../../../domain/log/record.ts'
import type { Instant } from '../../../domain/time/instant.ts'
import { NAME_LENGTH_MAX } from '../limits.ts'
import { toLogRecord } from '../log-record.ts'
import { type MeasuredRun, measureRun } from '../measure-run.ts'
import { toPlainText } from '../plain-text.ts'
import { SEVERITY_UNKNOWN, severityOfNumber, severityOfWord } from '../severity.ts'
import { cutText } from '../text.ts'
import { flatten } from './flatten.ts'
import { NO_TIME_TEXT, parseTime } from './parse-time.ts'

export type LogLineReading =
  | { ok: true; record: LogRecord; hasOwnTime: boolean }
  | { ok: false; field: string; message: string }

const TIME_NAMES = ['timestamp', '@timestamp', 'time', 'ts', 'at']
/** structlog writes the message as `event`, pino as `msg`. */
const MESSAGE_NAMES = ['message', 'msg', 'event']
const ENVIRONMENT_NAMES = ['environment', 'env']
const TRACE_NAMES = ['traceId', 'trace_id']
const ID_NAMES = ['log.record.uid', 'logId', 'log_id']

/**
 * One line of a structured log, as common loggers write it: `timestamp, level, service, message, context, userId, requestId`;
 * structlog's `event, timestamp, level` with `user_id` and `request_id`; pino's numbers for levels; and lines that say how a function ran,
 * `{"type": "metric" | "error", "function", "duration", "status", "error"}` with the duration in milliseconds. Everything else on a line
 * becomes its attributes, objects by dotted names.
 */
export function readLogLine(value: unknown, receivedAt: Instant): LogLineReading {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, field: '', message: 'must be an object' }
  }
  const line = new Map<string, unknown>(Object.entries(value))
  const take = (names: readonly string[]): { name: string; value: unknown } | null => {
    const name = names.find((one) => line.get(one) !== undefined && line.get(one) !== null)
    if (name === undefined) return null
    const found = { name, value: line.get(name) }
    line.delete(name)
    return found
  }
  const time = take(TIME_NAMES)
  const at = time === null ? Math.floor(receivedAt) : parseTime(time.value)
  if (at === null) return { ok: false, field: time?.name ?? 'timestamp', message: NO_TIME_TEXT }
  const measured = measureRun(line)
  const level = line.get('level') ?? line.get('severity') ?? (measured?.failed ? 'error' : null)
  const severity = readSeverity(level)
  if (severity === null) {
    return {
      ok: false,
      field: line.has('level') ? 'level' : 'severity',
      message: 'must be debug, info, warn, error or fatal',
    }
  }
  line.delete('level')
  line.delete('severity')
  const given = take(MESSAGE_NAMES)
  if (given === null && measured === null)
    return { ok: false, field: 'message', message: 'is missing (event or msg will do)' }
  const message = given === null ? describeRun(measured, line.get('error')) : toPlainText(given.value)
  const [environment, trace, id] = [take(ENVIRONMENT_NAMES), take(TRACE_NAMES), take(ID_NAMES)]
  const facts = flatten(Object.fromEntries(line))
  if (environment !== null) facts.set('deployment.environment.name', toPlainText(environment.value))
  const record = toLogRecord({
    at,
    id: id === null ? null : toPlainText(id.value),
    severity,
    message,
    traceId: trace === null ? null : cutText(toPlainText(trace.value), NAME_LENGTH_MAX),
    source: 'json',
    facts,
    measured,
  })
  return { ok: true, record, hasOwnTime: time !== null }
}

function readSeverity(level: unknown): SeverityNumber | null {
  if (level === null || level === undefined || level === '') return SEVERITY_UNKNOWN
  if (typeof level === 'number') return severityOfNumber(level)
  return typeof level === 'string' ? severityOfWord(level) : null
}

function describeRun(run: MeasuredRun | null, error: unknown): string {
  if (run === null) return ''
  const duration = run.durationMs === null ? '' : ` after ${run.durationMs} ms`
  const reason = error === null || error === undefined ? '' : `: ${toPlainText(error)}`
  return `${run.name} ${run.failed ? 'failed' : 'finished'}${duration}${reason}`
}
