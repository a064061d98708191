import type { ApiKeyFacts } from '../../lib/ports/api-store.ts'
import type { RateLimit, RateLimiter } from '../../lib/ports/rate-limiter.ts'
import { type Greeting, type Note, type PostDependencies, postFunction } from './post.ts'
import { problem } from './problem.ts'

type Authorised =
  | { ok: true; key: ApiKeyFacts }
  | { ok: false; reason: 'no_key' | 'unknown_key' | 'scope'; message: string }

/** What the frame itself needs of the wiring; handlers take the rest. */
export interface IngestDependencies extends PostDependencies {
  limiter: RateLimiter
  /** Of one key. */
  rateLimit: RateLimit
  /** Whether the headers carry a key with the scope `ingest`. */
  authorise(headers: Headers): Promise<Authorised>
}

export interface IngestCall<Dependencies> {
  request: Request
  deps: Dependencies
  key: ApiKeyFacts
  note: Note
}

/**
 * An address that applications send to: POST with an API key of scope `ingest`, in `Authorization: Bearer` or in `x-api-key`. Lets so many
 * requests of a key through in a minute, turns what goes wrong into problem+json, and writes one line of log a request. 429 and 503 carry
 * `Retry-After`: exporters wait that long and send the same again.
 */
export function ingestFunction<Dependencies extends IngestDependencies>(
  wire: () => Dependencies,
  handle: (call: IngestCall<Dependencies>) => Promise<Response>,
  greet?: Greeting<Dependencies>,
): Record<'GET' | 'POST', (request: Request) => Promise<Response>> {
  return postFunction(
    wire,
    (request, deps, note) => admit(request, deps, note, handle),
    greet === undefined ? {} : { greet },
  )
}

async function admit<Dependencies extends IngestDependencies>(
  request: Request,
  deps: Dependencies,
  note: Note,
  handle: (call: IngestCall<Dependencies>) => Promise<Response>,
): Promise<Response> {
  const authorised = await deps.authorise(request.headers)
  if (!authorised.ok) return refuseKey(authorised)
  const { key } = authorised
  note({ keyId: key.id })
  const verdict = await deps.limiter.take(`ingest:${key.id}`, deps.rateLimit)
  if (!verdict.allowed) return refuseHaste(deps.rateLimit.capacity, verdict.retryAfterSeconds)
  return handle({ request, deps, key, note })
}

function refuseKey({ reason, message }: Extract<Authorised, { ok: false }>): Response {
  if (reason === 'scope') return problem(403, { detail: message })
  const challenge = reason === 'no_key' ? 'Bearer realm="Vigie"' : 'Bearer realm="Vigie", error="invalid_token"'
  return problem(401, { detail: message, headers: { 'www-authenticate': challenge } })
}

function refuseHaste(capacity: number, retryAfterSeconds: number): Response {
  const wait = `Wait ${retryAfterSeconds} s and send it again; RATE_LIMIT_MAX sets the limit.`
  const detail = `This API key may send ${capacity} times a minute, and nothing of this request was taken. ${wait}`
  return problem(429, { detail, headers: { 'retry-after': String(retryAfterSeconds) } })
}
