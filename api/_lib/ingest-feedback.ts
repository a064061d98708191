import { createHash, randomUUID } from 'node:crypto'
import type { AnswerReading, FeedbackSource, FeedbackStore, StoredFeedback } from '../../lib/ports/feedback-store.ts'
import type { RejectionCode, TelemetryStore } from '../../lib/ports/telemetry-store.ts'
import { type Handler, type IngestDependencies, ingestFunction } from './ingest.ts'
import { receiveBody } from './ingest-body.ts'
import { problem } from './problem.ts'

export interface FeedbackDependencies extends IngestDependencies {
  feedback: Pick<FeedbackStore, 'storeAnswer'>
  /** Counts what is refused, for the admins. */
  store: Pick<TelemetryStore, 'storeBatch'>
  readAnswer(text: string): AnswerReading
}

type Note = (figures: Record<string, string | number | boolean>) => void

const MEDIA_TYPES = ['application/json', 'text/plain']
const HINT = "Send JSON and say so: -H 'content-type: application/json'."

/** The address for answers of users: one answer a request, the last one under an id counts. */
export function feedbackFunction(wire: () => FeedbackDependencies): Record<'GET' | 'POST', Handler> {
  return ingestFunction(wire, ({ request, deps, key, note }) =>
    takeAnswer(deps, request, { projectId: key.projectId, source: 'server' }, note),
  )
}

interface Sender {
  projectId: string
  source: FeedbackSource
}

/** Reads and keeps the answer in the body; what is wrong with it is said by field, and counted. */
export async function takeAnswer(
  deps: Pick<FeedbackDependencies, 'feedback' | 'store' | 'readAnswer'>,
  request: Request,
  { projectId, source }: Sender,
  note: Note,
): Promise<Response> {
  note({ source: 'feedback' })
  const refuse = async (
    status: number,
    code: RejectionCode,
    field: string,
    message: string,
    body: string,
    headers = {},
  ) => {
    const detail = `${field === '' ? 'The body' : field} ${message}.`
    const digest = createHash('sha256').update(body).digest('hex')
    const rejections = [{ code, count: 1, message: detail }]
    await deps.store.storeBatch({ projectId, source: 'feedback', digest, series: [], logs: [], rejections })
    note({ rejected: 1 })
    return problem(status, { detail, errors: [{ field, message }], headers })
  }
  const body = await receiveBody(request, { mediaTypes: MEDIA_TYPES, mediaTypeHint: HINT })
  if (!body.ok) {
    const code = body.status === 413 ? 'too_long' : 'invalid'
    return refuse(body.status, code, body.field, body.message, randomUUID(), body.headers)
  }
  const read = deps.readAnswer(body.text)
  if (!read.ok) return refuse(400, 'invalid', read.field, read.message, body.text)
  const stored = await deps.feedback.storeAnswer(projectId, source, read.answer)
  if (stored === 'new' || stored === 'known') {
    note({ accepted: 1, isReplay: stored === 'known' })
    return Response.json({ accepted: 1, rejected: 0, rejections: [], replayed: stored === 'known' })
  }
  const { status, code, field, message, headers } = REFUSED[stored]
  return refuse(status, code, field, message, body.text, headers)
}

interface Refused {
  status: number
  code: RejectionCode
  field: string
  message: string
  headers: Record<string, string>
}

const REFUSED: Record<Exclude<StoredFeedback, 'new' | 'known'>, Refused> = {
  too_old: {
    status: 422,
    code: 'too_old',
    field: 'at',
    message: 'is more than 24 hours ago: send answers within a day',
    headers: {},
  },
  too_new: {
    status: 422,
    code: 'too_new',
    field: 'at',
    message: 'is more than 10 minutes ahead of our clock: set the clock of the sender',
    headers: {},
  },
  day_full: {
    status: 429,
    code: 'day_limit',
    field: '',
    message: 'is not taken: the project had 10,000 new answers today, and takes more from midnight UTC on',
    headers: { 'retry-after': '3600' },
  },
}
