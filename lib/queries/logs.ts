import { LEVELS, type Level } from '../domain/log/level.ts'
import type { ListedLine, LogPosition } from '../domain/log/search.ts'
import { DAY, HOUR, type Instant, MINUTE } from '../domain/time/instant.ts'
import type { TelemetryReader } from '../ports/telemetry-reader.ts'

const RANGES = { '15m': 15 * MINUTE, '1h': HOUR, '24h': DAY, '7d': 7 * DAY, '30d': 30 * DAY } as const
export type LogRange = keyof typeof RANGES
export const LOG_RANGES = Object.keys(RANGES) as [LogRange, ...LogRange[]]

/** Answers that people look for, with the codes they have. */
const STATUSES = { '5xx': { atLeast: 500, below: 600 }, '429': { atLeast: 429, below: 430 } } as const
export type LogStatus = keyof typeof STATUSES
/** In the order of the choice. */
export const LOG_STATUSES = ['5xx', '429'] as const satisfies readonly LogStatus[]

/** A page of lines; each takes one row of a screen. */
const PAGE_SIZE = 100

/**
 * What the address of the page says. `from` and `to` together are a span of their own, such as the minute of a point in a chart; `at` fixes
 * the moment at which the range ends.
 */
export interface LogRequest {
  level: Level | null
  status: LogStatus | null
  service: string | null
  request: string | null
  q: string | null
  range: LogRange
  from: Instant | null
  to: Instant | null
  at: Instant | null
  below: LogPosition | null
}

export interface LogView {
  lines: readonly ListedLine[]
  from: Instant
  until: Instant
  /** Where older lines go on; null at the end of the range. */
  next: LogPosition | null
}

/** One page of lines, newest first. */
export async function readLogs(
  reader: TelemetryReader,
  projectId: string,
  asked: LogRequest,
  now: Instant,
): Promise<LogView> {
  const { level, status, service, request, q, below } = asked
  const { from, until } = spanOf(asked, now)
  const found = await reader.searchLogs(projectId, {
    from,
    until,
    severityAtLeast: level === null ? null : LEVELS[level],
    statusCode: status === null ? null : STATUSES[status],
    service,
    requestId: request,
    text: q,
    below,
    limit: PAGE_SIZE + 1,
  })
  const lines = found.slice(0, PAGE_SIZE)
  const last = lines.at(-1)
  return {
    lines,
    from,
    until,
    next: found.length > PAGE_SIZE && last !== undefined ? { at: last.at, id: last.id } : null,
  }
}

/** A span that ends before it begins is as if it were not there. */
function spanOf({ from, to, range, at }: LogRequest, now: Instant): { from: Instant; until: Instant } {
  if (from !== null && to !== null && from < to) return { from, until: to }
  const until = at ?? now + MINUTE
  return { from: until - RANGES[range], until }
}
