import { randomUUID } from 'node:crypto'
import type { ErrorReporter } from '../../lib/ports/error-reporter.ts'
import type { Log } from '../../lib/ports/log.ts'
import { problem } from './problem.ts'

/** What the frame itself needs of the wiring; handlers take the rest. */
export interface PostDependencies {
  log: Log
  reporter: ErrorReporter
  isDatabaseAway(error: unknown): boolean
}

/** Adds figures to the one line of log that a request gets. Nothing of its content. */
export type Note = (figures: Record<string, string | number | boolean>) => void

/** Answers what may be asked with GET, or without a key; null for everything else. */
export type Greeting<Dependencies> = (request: Request, deps: Dependencies) => Promise<Response | null>

type Handler = (request: Request) => Promise<Response>

/** What other systems send is kept if it is harmless in a log and a header: then one id follows a request through all of them. */
const HARMLESS_ID = /^[\w.:-]{8,100}$/

/**
 * An address that takes POST alone. Turns what goes wrong into problem+json and writes one line of log a request. `pathOf` names the address
 * in the log, where the real one holds what nobody should read; `greet` comes first, and alone answers GET.
 */
export function postFunction<Dependencies extends PostDependencies>(
  wire: () => Dependencies,
  handle: (request: Request, deps: Dependencies, note: Note) => Promise<Response>,
  {
    pathOf = ({ url }) => new URL(url).pathname,
    greet = async () => null,
  }: { pathOf?: (request: Request) => string; greet?: Greeting<Dependencies> } = {},
): Record<'GET' | 'POST', Handler> {
  const answer: Handler = async (request) => {
    const startedAt = performance.now()
    const requestId = requestIdOf(request)
    const path = pathOf(request)
    const figures: Record<string, string | number | boolean> = {}
    let deps: Dependencies | null = null
    let response: Response
    try {
      deps = wire()
      response =
        (await greet(request, deps)) ??
        (request.method === 'POST'
          ? await handle(request, deps, (more) => Object.assign(figures, more))
          : refuseMethod())
    } catch (error) {
      response = await answerFailure(error, deps, path, requestId)
    }
    const durationMs = Math.round(performance.now() - startedAt)
    deps?.log.info('ingest_request', { requestId, path, status: response.status, durationMs, ...figures })
    response.headers.set('x-request-id', requestId)
    response.headers.set('cache-control', 'no-store')
    return response
  }
  return { GET: answer, POST: answer }
}

function refuseMethod(): Response {
  return problem(405, { detail: 'Send data to this address with POST.', headers: { allow: 'POST' } })
}

async function answerFailure(
  error: unknown,
  deps: PostDependencies | null,
  path: string,
  requestId: string,
): Promise<Response> {
  const fields = { requestId, path, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  // Without wiring there is no log; the platform keeps what is printed.
  if (deps === null) console.error(JSON.stringify({ level: 'error', event: 'ingest_failed', ...fields }))
  else deps.log.error('ingest_failed', fields)
  if (deps?.isDatabaseAway(error)) {
    const detail = 'The database does not answer, and nothing of this request was taken. Send it again in a moment.'
    return problem(503, { detail, headers: { 'retry-after': '5' } })
  }
  await deps?.reporter.report(error, `POST ${path}`, requestId)
  return problem(500, {
    detail: `The request failed, and nothing of it was taken. The log has the details under the request id ${requestId}.`,
  })
}

function requestIdOf(request: Request): string {
  const given = request.headers.get('x-request-id') ?? request.headers.get('x-vercel-id')
  return given !== null && HARMLESS_ID.test(given) ? given : randomUUID()
}
