import { toIso } from '../../domain/time/instant.ts'
import type { Chance } from './chance.ts'
import type { ShopRequest, ShopSpan } from './shop.ts'

/** One request in so many is worth a line when nothing is wrong with it. */
const ONE_IN = 40

/**
 * What the shop writes to its log in a span, as JSON lines in the guides' two formats: the web application's (`timestamp, level, service,
 * message, context, requestId, userId`) and structlog's (`event, timestamp, level`) of its Python worker.
 */
export function writeLogLines(span: ShopSpan, chance: Chance): string[] {
  const web = span.requests
    .filter(({ status }) => status >= 429 || chance() < 1 / ONE_IN)
    .map((request) => JSON.stringify(webLine(request, span, chance)))
  const worker = Array.from({ length: span.jobs.failure + Math.ceil(span.jobs.success / 10) }, (_, index) =>
    JSON.stringify(workerLine(index < span.jobs.failure, span, chance)),
  )
  return [...web, ...worker]
}

function webLine({ route, method, status, durationSeconds }: ShopRequest, span: ShopSpan, chance: Chance) {
  const [level, message] = wordsOf(status, route)
  return {
    timestamp: toIso(someTimeIn(span, chance)),
    level,
    service: 'shop',
    environment: 'production',
    message,
    requestId: `req_${idOf(chance)}`,
    userId: `u${Math.floor(chance() * 500)}`,
    // Not as `route` and `status`: a line with both counts as a request, and these are a few of those that the metrics count already.
    context: { request: `${method} ${route}`, answered: status, tookMs: Math.round(durationSeconds * 1_000) },
  }
}

function wordsOf(status: number, route: string): [level: string, message: string] {
  if (status === 503) return ['error', 'The database did not answer within 2 s']
  if (status >= 500) return ['error', 'Unexpected error while the page was rendered']
  if (status === 429) return ['warn', 'Too many requests from one address']
  return ['info', route === '/api/checkout' ? 'Order placed' : 'Page served']
}

function workerLine(failed: boolean, span: ShopSpan, chance: Chance) {
  return {
    event: failed ? 'job_failed' : 'job_finished',
    timestamp: toIso(someTimeIn(span, chance)),
    level: failed ? 'error' : 'info',
    service: 'worker',
    environment: 'production',
    job_id: idOf(chance),
    ...(failed ? { reason: 'connection to the database was lost' } : { rows: Math.floor(chance() * 200) }),
  }
}

function someTimeIn({ from, until }: ShopSpan, chance: Chance): number {
  return Math.floor(from + chance() * (until - from))
}

function idOf(chance: Chance): string {
  return Math.floor(chance() * 2 ** 32)
    .toString(16)
    .padStart(8, '0')
}
