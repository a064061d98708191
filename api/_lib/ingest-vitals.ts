import {
  type ReceiveVisitDeps,
  receiveVisit,
  type VisitMessage,
  type VisitReceipt,
} from '../../lib/tasks/receive-visit.ts'
import { addressOf, type Handler, preflight, refuseField as refuse, toAnyOrigin } from './any-origin.ts'
import { receiveBody } from './ingest-body.ts'
import { type PostDependencies, postFunction } from './post.ts'
import { problem } from './problem.ts'

/** A page view has some eight measurements of a hundred bytes. */
const BODY_MAX_BYTES = 64 * 1024

/** `navigator.sendBeacon` says text/plain of a text: with JSON's own type it would ask for leave first, and then not send at all. */
const FORMAT = {
  mediaTypes: ['text/plain', 'application/json'],
  mediaTypeHint: 'navigator.sendBeacon(url, text) says so by itself',
}

/**
 * The address that pages send their measurements to, from any origin and without an API key: the site's public key in the body says whose
 * they are. 429 and 503 carry `Retry-After`.
 */
export function vitalFunction(
  wire: () => PostDependencies & ReceiveVisitDeps,
): Record<'GET' | 'POST' | 'OPTIONS', Handler> {
  const { GET, POST } = postFunction(wire, async (request, deps, note) => {
    const body = await receiveBody(request, FORMAT)
    if (!body.ok) return refuse(body.status, body.field, body.message, body.headers)
    if (body.byteCount > BODY_MAX_BYTES) {
      return refuse(413, '', `may have ${BODY_MAX_BYTES} bytes: send the measurements without their entries`)
    }
    const receipt = await receiveVisit(deps, messageOf(request, body.text))
    note({ source: 'vitals', receipt: receipt.kind, byteCount: body.byteCount })
    return answer(receipt)
  })
  return { GET: toAnyOrigin(GET), POST: toAnyOrigin(POST), OPTIONS: preflight }
}

function messageOf(request: Request, text: string): VisitMessage {
  const { headers } = request
  return {
    text,
    address: addressOf(request),
    userAgent: (headers.get('user-agent') ?? '').slice(0, 1_000),
    country: headers.get('x-vercel-ip-country') ?? headers.get('cf-ipcountry'),
    origin: headers.get('origin'),
    hasOptedOut: headers.get('dnt') === '1' || headers.get('sec-gpc') === '1',
  }
}

function answer(receipt: VisitReceipt): Response {
  switch (receipt.kind) {
    case 'taken': {
      const { accepted } = receipt
      const errors = receipt.refusals.map(({ field, message }) => ({ field, message }))
      if (accepted > 0 || errors.length === 0) return Response.json({ accepted, rejected: errors.length, errors })
      const [first] = errors
      return problem(422, { detail: `Nothing was taken: ${first?.field} ${first?.message}.`, errors })
    }
    case 'passed_over':
      return Response.json({ accepted: 0, rejected: 0, errors: [], passedOver: receipt.reason })
    case 'unreadable':
      return refuse(400, receipt.field, receipt.message)
    case 'unknown_site':
      return refuse(403, 'site', 'is not known, or was replaced by a new key: copy the snippet anew')
    case 'foreign_origin':
      return refuse(403, 'origin', 'is not among those that the project allows')
    case 'limited': {
      const { retryAfterSeconds } = receipt
      const detail = `Too many measurements at once, and nothing of these was taken. Wait ${retryAfterSeconds} s.`
      return problem(429, { detail, headers: { 'retry-after': String(retryAfterSeconds) } })
    }
  }
}
