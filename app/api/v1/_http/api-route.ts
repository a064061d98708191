import type { ApiKeyFacts, ApiScope } from '@/lib/ports/api-store.ts'
import { type Authorisation, authoriseKey } from '@/lib/queries/api/authorise.ts'
import type { ApiQuestion } from '@/lib/queries/api/monitors.ts'
import { explainDatabaseError, wireApi } from '@/lib/wiring/api.ts'
import { wireReporter } from '@/lib/wiring/reporter.ts'
import { problem } from './problem.ts'
import { requestIdOf } from './request-id.ts'
import { writeLimits } from './write-limits.ts'

export type ApiDeps = ReturnType<typeof wireApi>

/** Parts of the path, as Next hands them over. */
export type PathParameters = Record<string, string | string[] | undefined>

export interface ApiContext {
  request: Request
  deps: ApiDeps
  key: ApiKeyFacts
  path: PathParameters
  /** The project of the key, its pages, the clock and the query string. */
  question: ApiQuestion
}

type RouteHandler = (request: Request, context: { params: Promise<PathParameters> }) => Promise<Response>

/**
 * A handler of the REST API: lets a key with `scope` through, turns what goes wrong into problem+json, and writes one line of log a
 * request. Every answer carries `x-request-id`, and what is left of the
 * key's limit; nothing of it may be cached, since it is one project's.
 */
export function apiRoute(scope: ApiScope, handle: (context: ApiContext) => Promise<Response>): RouteHandler {
  return async (request, { params }) => {
    const startedAt = performance.now()
    const requestId = requestIdOf(request)
    const url = new URL(request.url)
    const where = `${request.method} ${url.pathname}`
    const answered: { key: ApiKeyFacts | null; limits: Record<string, string> } = { key: null, limits: {} }
    let response: Response
    let log: ApiDeps['log'] | null = null
    try {
      const deps = wireApi()
      log = deps.log
      const authorisation = await authoriseKey(deps, request.headers, scope)
      if (authorisation.ok) {
        const { key } = authorisation
        answered.key = key
        const verdict = await deps.limiter.take(`api:${key.id}`, deps.rateLimit)
        const projectUrl = `${deps.baseUrl}/${key.projectSlug}`
        const question = { projectId: key.projectId, projectUrl, now: deps.clock.now(), parameters: url.searchParams }
        answered.limits = writeLimits(deps.rateLimit, verdict)
        response = verdict.allowed
          ? await handle({ request, deps, key, path: await params, question })
          : refuseHaste(deps.rateLimit.capacity, verdict.retryAfterSeconds)
      } else response = refuse(authorisation)
    } catch (error) {
      response = await answerFailure(error, where, requestId, log)
    }
    const { status } = response
    const durationMs = Math.round(performance.now() - startedAt)
    log?.info('api_request', {
      requestId,
      method: request.method,
      path: url.pathname,
      status,
      durationMs,
      keyId: answered.key?.id,
    })
    return withHeaders(response, { ...answered.limits, 'x-request-id': requestId, 'cache-control': 'no-store' })
  }
}

function refuse({ reason, message }: Extract<Authorisation, { ok: false }>): Response {
  if (reason === 'scope') return problem(403, { detail: message })
  const challenge = reason === 'no_key' ? 'Bearer realm="Vigie"' : 'Bearer realm="Vigie", error="invalid_token"'
  return problem(401, { detail: message, headers: { 'www-authenticate': challenge } })
}

function refuseHaste(capacity: number, retryAfterSeconds: number): Response {
  const wait = `Wait ${retryAfterSeconds} s, then go on; RATE_LIMIT_MAX sets the limit.`
  const detail = `This API key may ask ${capacity} times a minute. ${wait}`
  return problem(429, { detail, headers: { 'retry-after': String(retryAfterSeconds) } })
}

async function answerFailure(
  error: unknown,
  where: string,
  requestId: string,
  log: ApiDeps['log'] | null,
): Promise<Response> {
  const explained = explainDatabaseError(error)
  if (explained?.kind === 'refused') {
    const { status, message, field } = explained
    return problem(status, { detail: message, ...(field === null ? {} : { errors: [{ field, message }] }) })
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  // Without wiring there is no log; the platform keeps what is printed.
  if (log) log.error('api_failed', { requestId, where, error: text })
  else console.error(JSON.stringify({ level: 'error', event: 'api_failed', requestId, where, error: text }))
  if (explained?.kind === 'away') {
    return problem(503, {
      detail: 'The database does not answer. Try again in a moment.',
      headers: { 'retry-after': '5' },
    })
  }
  await wireReporter().report(error, where, requestId)
  return problem(500, { detail: `The request failed. The log has the details under the request id ${requestId}.` })
}

function withHeaders(response: Response, headers: Record<string, string>): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
  return response
}
