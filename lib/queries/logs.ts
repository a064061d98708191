import { LEVELS, type Level } from '../domain/log/level.ts'
import type { ListedLine, LogPosition } from '../domain/log/search.ts'
import { DAY, HOUR, type Instant, MINUTE } from '../domain/time/instant.ts'
import type { TelemetryReader } from '../ports/telemetry-reader.ts'

const RANGES = { '15m': 15 * MINUTE, '1h': HOUR, '24h': DAY, '7d': 7 * DAY, '30d': 30 * DAY } as const
export type LogRange = keyof typeof RANGES
export const LOG_RANGES = Object.keys(RANGES) as [LogRange, ...LogRange[]]

/** A page of lines; each takes one row of a screen. */
const PAGE_SIZE = 100

/** What the address of the page says. `at` fixes the moment at which the range ends: "the logs of that minute". */
export interface LogRequest {
  level: Level | null
  service: string | null
  request: string | null
  q: string | null
  range: LogRange
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
  { level, service, request, q, range, at, below }: LogRequest,
  now: Instant,
): Promise<LogView> {
  const until = at ?? now + MINUTE
  const from = until - RANGES[range]
  const found = await reader.searchLogs(projectId, {
    from,
    until,
    severityAtLeast: level === null ? null : LEVELS[level],
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
