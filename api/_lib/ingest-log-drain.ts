import type { LogDrainError, LogDrainFacts, LogDrainStore } from '../../lib/ports/log-drain.ts'
import type { TelemetryFormat } from '../../lib/ports/telemetry-format.ts'
import { type TelemetryDependencies, type TelemetryGate, telemetryFunction } from './ingest-telemetry.ts'
import { isUuid } from './ping-path.ts'
import { problem } from './problem.ts'

export interface LogDrainDependencies extends TelemetryDependencies {
  drains: LogDrainStore
  openSecret(ciphertext: string): string
  /** Whether one of the bodies was signed so. Takes as long for a wrong signature as for the right one. */
  isSigned(secret: string, signature: string, bodies: readonly Uint8Array[]): boolean
}

const SIGNATURE = 'x-vercel-signature'
const VERIFY = 'x-vercel-verify'
/** Often enough for people, and spares the database a row at each delivery. */
const NOTE_EVERY_MS = 60_000
const DETAILS: Record<LogDrainError, string> = {
  unsigned: `The project has set a secret for its drain, and the header ${SIGNATURE} is missing.`,
  wrong_signature: `The header ${SIGNATURE} does not fit the body and the secret that is set for the drain.`,
}

/**
 * An address for a log drain of Vercel. What it lets in has an API key in a header of the drain's own and, where the project has set a
 * secret, Vercel's signature over the body. Before Vercel sends anything it asks who owns the address: that is answered without a key, for
 * the project named in `?project=`, with the code that the project was given by Vercel.
 */
export function logDrainFunction(wire: () => LogDrainDependencies, format: TelemetryFormat) {
  return telemetryFunction(wire, format, { gate, greet })
}

const gate: TelemetryGate<LogDrainDependencies> = async ({ request, deps, key }, body) => {
  const drain = await deps.drains.find(key.projectId)
  const error = drain?.secretCiphertext ? signatureError(request, deps, drain.secretCiphertext, body.bodies) : null
  if (error !== null) {
    if (isNews(drain, error, deps.clock.now())) await deps.drains.note(key.projectId, error)
    const status = error === 'unsigned' ? 401 : 403
    const errors = [{ field: SIGNATURE, message: error === 'unsigned' ? 'is missing' : 'is wrong' }]
    return { refusal: problem(status, { detail: DETAILS[error], errors }), headers: {} }
  }
  if (isNews(drain, null, deps.clock.now())) await deps.drains.note(key.projectId, null)
  return { refusal: null, headers: drain?.verifyToken ? { [VERIFY]: drain.verifyToken } : {} }
}

function signatureError(
  request: Request,
  deps: LogDrainDependencies,
  ciphertext: string,
  bodies: readonly Uint8Array[],
): LogDrainError | null {
  const signature = request.headers.get(SIGNATURE) ?? ''
  if (signature === '') return 'unsigned'
  return deps.isSigned(deps.openSecret(ciphertext), signature, bodies) ? null : 'wrong_signature'
}

/** Whether the page would show something else, or something older, without a note. */
function isNews(drain: LogDrainFacts | null, error: LogDrainError | null, now: number): boolean {
  if (drain === null || drain.lastError !== error) return true
  return now - ((error === null ? drain.lastReceivedAt : drain.lastErrorAt) ?? 0) >= NOTE_EVERY_MS
}

/** Null for whatever asks for more than who owns the address. */
async function greet(request: Request, deps: LogDrainDependencies): Promise<Response | null> {
  const hasKey = request.headers.has('authorization') || request.headers.has('x-api-key')
  const isEmpty = request.method === 'GET' || request.body === null || request.headers.get('content-length') === '0'
  if (hasKey || !isEmpty) return null
  const projectId = new URL(request.url).searchParams.get('project') ?? ''
  const drain = isUuid(projectId) ? await deps.drains.find(projectId) : null
  if (drain === null || drain.verifyToken === '') {
    const detail =
      'No verification code is set for this address. Set it under Settings, Log drain, and use the address that stands there.'
    return problem(404, { detail })
  }
  const verdict = await deps.limiter.take(`logdrain:${projectId}`, deps.rateLimit)
  if (!verdict.allowed) {
    const detail = `Too many requests. Wait ${verdict.retryAfterSeconds} s.`
    return problem(429, { detail, headers: { 'retry-after': String(verdict.retryAfterSeconds) } })
  }
  return Response.json({ verified: true }, { headers: { [VERIFY]: drain.verifyToken } })
}
