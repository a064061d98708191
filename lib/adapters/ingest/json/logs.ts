import type { LogRecord } from '../../../domain/log/record.ts'
import type { Instant } from '../../../domain/time/instant.ts'
import type { ReadTelemetry } from '../../../ports/telemetry-format.ts'
import { createRefusalList } from '../refusal-list.ts'
import { readLines } from './lines.ts'
import { readLogLine } from './log-line.ts'

/** The logs call for people with curl, and for whatever writes JSON lines: one object, a list, or one a line. */
export function readJsonLogs(text: string, receivedAt: Instant): ReadTelemetry {
  const body = readLines(text)
  if (!body.ok) return { ok: false, field: '', message: body.message }
  const logs: LogRecord[] = []
  const refusals = createRefusalList()
  let hasOwnTimes = true
  for (const line of body.lines) {
    const read = line.ok
      ? readLogLine(line.value, receivedAt)
      : { ok: false as const, field: '', message: line.message }
    if (read.ok) {
      logs.push(read.record)
      hasOwnTimes &&= read.hasOwnTime
    } else {
      const field = join(line.path, read.field)
      refusals.add({ field, message: read.message, code: 'invalid', count: 1 })
    }
  }
  const [told, rejections] = [refusals.told(), refusals.rejections()]
  return {
    ok: true,
    reading: { series: [], logs, refusals: told, rejections, mergedCount: 0, hasOwnTimes, warning: null },
  }
}

/** `line 4: level`, `[3].level`, `level`; `line 4` for the line itself. */
function join(path: string, field: string): string {
  if (field === '') return path.replace(/: $/, '')
  return path === '' || path.endsWith(': ') ? `${path}${field}` : `${path}.${field}`
}
