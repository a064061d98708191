import {
  type AnswerReceipt,
  type ReceiveAnswerDeps,
  receiveFromBrowser,
  receiveFromServer,
} from '../../lib/tasks/receive-answer.ts'
import { addressOf, type Handler, preflight, refuseField as refuse, toAnyOrigin } from './any-origin.ts'
import { type IngestDependencies, ingestFunction } from './ingest.ts'
import { receiveBody } from './ingest-body.ts'
import { type Note, postFunction } from './post.ts'
import { problem } from './problem.ts'

/** A comment may have a thousand characters of six bytes each, as JSON escapes them. */
const BODY_MAX_BYTES = 16 * 1024

/** Text that is sent as text/plain needs no leave of the browser's: JSON's own type would cost a second request. */
const FORMAT = {
  mediaTypes: ['application/json', 'text/plain'],
  mediaTypeHint: "Send JSON and say so: -H 'content-type: application/json'",
}

/**
 * The address for answers of users: from a server with an API key, or from a browser of any origin with the public key of a site in the
 * body. One answer a request; the last one under an id counts. 429 and 503 carry `Retry-After`.
 */
export function feedbackFunction(
  wire: () => IngestDependencies & ReceiveAnswerDeps,
): Record<'GET' | 'POST' | 'OPTIONS', Handler> {
  const server = ingestFunction(wire, ({ request, deps, key, note }) =>
    respond(request, note, (text) => receiveFromServer(deps, key.projectId, text)),
  )
  const browser = postFunction(wire, async (request, deps, note) => {
    if (!request.headers.has('content-type')) return answer({ kind: 'no_site' })
    const [address, origin] = [addressOf(request), request.headers.get('origin')]
    return respond(request, note, (text) => receiveFromBrowser(deps, { text, address, origin }))
  })
  const post: Handler = (request) =>
    request.headers.has('authorization') || request.headers.has('x-api-key')
      ? server.POST(request)
      : toAnyOrigin(browser.POST)(request)
  return { GET: server.GET, POST: post, OPTIONS: preflight }
}

async function respond(
  request: Request,
  note: Note,
  receive: (text: string) => Promise<AnswerReceipt>,
): Promise<Response> {
  const body = await receiveBody(request, FORMAT)
  if (!body.ok) return refuse(body.status, body.field, body.message, body.headers)
  if (body.byteCount > BODY_MAX_BYTES) return refuse(413, '', `may have ${BODY_MAX_BYTES} bytes`)
  const receipt = await receive(body.text)
  note({ source: 'feedback', receipt: receipt.kind, byteCount: body.byteCount })
  return answer(receipt)
}

function answer(receipt: AnswerReceipt): Response {
  switch (receipt.kind) {
    case 'taken':
      return Response.json({ accepted: 1, rejected: 0, rejections: [], replayed: receipt.isKnown })
    case 'unreadable':
      return refuse(400, receipt.field, receipt.message)
    case 'too_old':
      return refuse(422, 'at', 'is more than 24 hours ago: send answers within a day')
    case 'too_new':
      return refuse(422, 'at', 'is more than 10 minutes ahead of our clock: set the clock of the sender')
    case 'day_full':
      return refuse(429, '', 'is not taken: the project had 10,000 new answers today', { 'retry-after': '3600' })
    case 'no_site':
      return refuse(
        401,
        'site',
        'is missing: send the public key of a site, or an API key in the header authorization',
        {
          'www-authenticate': 'Bearer realm="Vigie"',
        },
      )
    case 'unknown_site':
      return refuse(403, 'site', 'is not known, or was replaced by a new key: copy the snippet anew')
    case 'foreign_origin':
      return refuse(403, 'origin', 'is not among those that the project allows')
    case 'limited': {
      const seconds = String(receipt.retryAfterSeconds)
      const detail = `Too many answers at once, and this one was not taken. Wait ${seconds} s.`
      return problem(429, { detail, headers: { 'retry-after': seconds } })
    }
  }
}
