import { createHash, randomUUID, timingSafeEqual } from 'node:crypto'
import type { RegionAnswer } from '../../domain/probe/schema-region.ts'
import type { Log } from '../../ports/log.ts'

export interface ProberEndpoint {
  secret: string
  log: Log
  run(body: unknown): Promise<{ ok: true; answer: RegionAnswer } | { ok: false; wrong: string[] }>
}

/**
 * The other end of `createRegionProber`: probes for an installation that proves itself with `Authorization: Bearer <secret>`. Nothing of
 * the request is logged, which holds secrets of monitors.
 */
export async function answerProbeRequest(request: Request, { secret, log, run }: ProberEndpoint): Promise<Response> {
  const requestId = request.headers.get('x-vercel-id') ?? randomUUID()
  const refuse = (status: number, code: string, message: string) =>
    Response.json({ error: { code, message, requestId } }, { status, headers: { 'cache-control': 'no-store' } })
  if (request.method !== 'POST') return refuse(405, 'method_not_allowed', 'Use POST.')
  if (!isBearer(request, secret)) {
    return refuse(401, 'unauthorised', 'Send the header Authorization: Bearer, followed by the secret of the prober.')
  }
  try {
    const body: unknown = await request.json().catch(() => undefined)
    const reply = await run(body)
    if (!reply.ok) return refuse(422, 'wrong_request', `Not a request for probes: ${reply.wrong.join(', ')}.`)
    log.info('probed_for_region', { requestId, region: reply.answer.region, probes: reply.answer.outcomes.length })
    return Response.json(reply.answer, { headers: { 'cache-control': 'no-store' } })
  } catch (error) {
    log.error('probe_request_failed', {
      requestId,
      error: error instanceof Error ? (error.stack ?? '') : String(error),
    })
    return refuse(500, 'internal', 'The probes failed. The log has the details under this request id.')
  }
}

/** Compared as hashes: of one length whatever was sent, and in a time that tells nothing about the secret. */
function isBearer(request: Request, secret: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(request.headers.get('authorization') ?? ''), digest(`Bearer ${secret}`))
}
