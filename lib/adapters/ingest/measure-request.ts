import type { Measured } from '../../domain/log/record.ts'
import { VALUE_LENGTH_MAX } from './limits.ts'
import { cutText } from './text.ts'

/** OpenTelemetry's names, those they replaced, and what loggers of web frameworks write. */
const ROUTE = ['http.route', 'route']
const STATUS = ['http.response.status_code', 'http.status_code', 'status_code', 'statusCode', 'status']
const METHOD = ['http.request.method', 'http.method', 'method']
/** Names of durations and what a unit of each is in milliseconds. */
const DURATION: readonly (readonly [string, number])[] = [
  ['http.server.request.duration', 1_000],
  ['duration_ms', 1],
  ['durationMs', 1],
  ['http.server.duration', 1],
]
/** A day: longer ones are clocks gone wrong. */
const DURATION_MAX_MS = 86_400_000

/** What a line says about one request, when it names a route and a status; null for every other line. */
export function measureRequest(facts: ReadonlyMap<string, string>): Measured | null {
  const route = firstOf(facts, ROUTE)
  const status = firstOf(facts, STATUS)
  if (route === null || status === null || !/^[1-5]\d\d$/.test(status)) return null
  const [name, factor] = DURATION.find(([one]) => facts.has(one)) ?? ['', 1]
  return {
    kind: 'request',
    method: firstOf(facts, METHOD)?.slice(0, 20).toUpperCase() ?? null,
    route: cutText(route, VALUE_LENGTH_MAX),
    statusCode: Number(status),
    durationMs: toDurationMs(facts.get(name), factor),
  }
}

/** Null for what is no duration between nothing and a day. */
export function toDurationMs(value: string | number | undefined, factor = 1): number | null {
  if (value === undefined || value === '') return null
  const durationMs = Number(value) * factor
  return durationMs >= 0 && durationMs <= DURATION_MAX_MS ? durationMs : null
}

function firstOf(facts: ReadonlyMap<string, string>, names: readonly string[]): string | null {
  return names.map((name) => facts.get(name)).find((value) => value !== undefined && value !== '') ?? null
}
