import type { Measured } from '../../../domain/log/record.ts'
import { toDurationMs } from '../measure-request.ts'
import { cleanText } from '../text.ts'
import { NOT_FOUND_ROUTE, toRoute } from './route.ts'
import type { DrainLine } from './schema.ts'

/** A request as one line of it tells. Each line of a function repeats it. */
export interface DrainRequest {
  /** The same on each line of the request, in whichever delivery it comes. */
  id: string
  /** When the edge took it: the same on each line, too. */
  at: number
  measured: Extract<Measured, { kind: 'request' }>
  crashed: boolean
  /** The lower, the better the line knows the route. */
  rank: number
}

const CRASHED_STATUS = 500
const METHOD_LENGTH_MAX = 20

/** Whether the platform made a page anew behind a visitor's back: a run, and no request of anybody. */
export function isBackground({ proxy }: DrainLine): boolean {
  return proxy?.statusCode === -1
}

/**
 * What a line says about the request that it belongs to; null for lines of builds, of revalidation in the background, and for those that do
 * not tell what was answered or when.
 */
export function requestOf(line: DrainLine): DrainRequest | null {
  const { proxy } = line
  if (!proxy || isBackground(line) || proxy.timestamp === null) return null
  const crashed = line.statusCode === -1
  const statusCode = validStatus(proxy.statusCode) ?? (crashed ? CRASHED_STATUS : validStatus(line.statusCode))
  const pattern = patternOf(line)
  const path = proxy.path ?? line.path ?? ''
  if (statusCode === null || (pattern === null && path === '')) return null
  const method = cleanText(proxy.method ?? '')
    .slice(0, METHOD_LENGTH_MAX)
    .toUpperCase()
  const route = pattern === null && statusCode === 404 ? NOT_FOUND_ROUTE : toRoute(pattern ?? path)
  return {
    id: cleanText(line.requestId || proxy.vercelId || line.id),
    at: proxy.timestamp,
    measured: { kind: 'request', method: method === '' ? null : method, route, statusCode, durationMs: null },
    crashed,
    rank: (crashed ? 0 : 2) + (pattern === null ? 1 : 0),
  }
}

/** Middleware runs before every function, and its own name says nothing about the page. */
function patternOf({ source, type, path }: DrainLine): string | null {
  const isFunction = source === 'lambda' || source === 'edge'
  return isFunction && !type?.startsWith('middleware') && path?.startsWith('/') ? path : null
}

function validStatus(status: number | null | undefined): number | null {
  return Number.isInteger(status) && Number(status) >= 100 && Number(status) <= 599 ? Number(status) : null
}

/** `REPORT RequestId: 643af4e3-…  Duration: 11.70 ms  Billed Duration: …`, which AWS Lambda writes at the end of each run. */
const REPORT = /(?:^|\n)REPORT RequestId: (\S{1,100})\s+Duration: (\d{1,9}(?:\.\d{1,6})?) ms/

/** How long a run took, when the line is the platform's report on it. */
export function reportOf(message: string, requestId: string | null | undefined): { id: string; ms: number } | null {
  if (!message.includes('REPORT RequestId: ')) return null
  const [, named, duration] = REPORT.exec(message) ?? []
  const ms = toDurationMs(duration)
  return named === undefined || ms === null ? null : { id: cleanText(requestId || named), ms }
}
