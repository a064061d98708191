import { createHash, randomInt, randomUUID } from 'node:crypto'
import type { Instant } from '../../lib/domain/time/instant.ts'
import type { Clock } from '../../lib/ports/clock.ts'
import type { TelemetryFormat, TelemetryOutcome } from '../../lib/ports/telemetry-format.ts'
import type { RejectionCode, TelemetryStore } from '../../lib/ports/telemetry-store.ts'
import { type IngestCall, type IngestDependencies, ingestFunction } from './ingest.ts'
import { type ReceivedBody, receiveBody } from './ingest-body.ts'
import type { Greeting } from './post.ts'
import { problem } from './problem.ts'

export interface TelemetryDependencies extends IngestDependencies {
  clock: Pick<Clock, 'now'>
  store: Pick<TelemetryStore, 'storeBatch'>
}

type Call = IngestCall<TelemetryDependencies>
type Body = Extract<ReceivedBody, { ok: true }>

/** Looks at a body before anything of it is read: turns it away, or adds headers to the answer that it will get. */
export type TelemetryGate<Dependencies> = (
  call: IngestCall<Dependencies>,
  body: Body,
) => Promise<{ refusal: Response | null; headers: Record<string, string> }>

const OPEN_GATE: TelemetryGate<TelemetryDependencies> = async () => ({ refusal: null, headers: {} })

/**
 * An address that takes metrics or logs in one format: reads as much of the body as is right, stores that in one transaction, and says
 * what was not taken and why. What is refused is counted for the admins too, a body that cannot be read at all included.
 */
export function telemetryFunction<Dependencies extends TelemetryDependencies>(
  wire: () => Dependencies,
  format: TelemetryFormat,
  { gate = OPEN_GATE, greet }: { gate?: TelemetryGate<Dependencies>; greet?: Greeting<Dependencies> } = {},
) {
  return ingestFunction(wire, (call) => takeIn(call, format, gate), greet)
}

async function takeIn<Dependencies extends TelemetryDependencies>(
  call: IngestCall<Dependencies>,
  format: TelemetryFormat,
  gate: TelemetryGate<Dependencies>,
): Promise<Response> {
  const body = await receiveBody(call.request, format)
  if (!body.ok) {
    const { status, headers, ...fault } = body
    return refuseWhole(
      call,
      format,
      randomUUID(),
      { status, code: status === 413 ? 'too_long' : 'invalid', ...fault },
      headers,
    )
  }
  const { refusal, headers } = await gate(call, body)
  const response = refusal ?? (await store(call, format, body))
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
  return response
}

async function store(call: Call, format: TelemetryFormat, body: Body): Promise<Response> {
  const { request, deps, note } = call
  const read = format.read(body.text, stampOf(deps.clock))
  if (!read.ok) {
    const { field, message } = read
    return refuseWhole(call, format, body.text, { status: 400, code: 'invalid', field, message })
  }
  const { series, logs, refusals, rejections, mergedCount, hasOwnTimes, warning } = read.reading
  const isEmpty = series.length === 0 && logs.length === 0 && rejections.length === 0
  const digest = digestOf(hasOwnTimes ? body.text : stampedBody(request, body.text))
  const { projectId } = call.key
  const stored = isEmpty
    ? { accepted: 0, rejections: [], isReplay: false }
    : await deps.store.storeBatch({ projectId, source: format.source, digest, series, logs, rejections })
  // Samples that were added up to one are in the store, unless that one was refused as a whole.
  const accepted = stored.accepted === 0 ? 0 : stored.accepted + mergedCount
  const outcome: TelemetryOutcome = { ...stored, accepted, refusals, warning }
  const rejected = stored.rejections.reduce((sum, { count }) => sum + count, 0)
  note({ source: format.source, byteCount: body.byteCount, accepted, rejected, isReplay: stored.isReplay })
  const answer = format.answer(outcome)
  if (answer.ok) return Response.json(answer.body)
  return problem(answer.status, { detail: answer.detail, errors: answer.errors })
}

interface Fault {
  status: number
  code: RejectionCode
  field: string
  message: string
}

/** Refuses a body of which nothing was read. */
async function refuseWhole(
  { deps, key, note }: Call,
  { source }: TelemetryFormat,
  body: string,
  { status, code, field, message }: Fault,
  headers?: Record<string, string>,
): Promise<Response> {
  const detail = `${field === '' ? 'The body' : field} ${message}.`
  const rejections = [{ code, count: 1, message: detail }]
  await deps.store.storeBatch({
    projectId: key.projectId,
    source,
    digest: digestOf(body),
    series: [],
    logs: [],
    rejections,
  })
  note({ source, rejected: 1 })
  return problem(status, { detail, errors: [{ field, message }], ...(headers ? { headers } : {}) })
}

let microsecond = randomInt(1_000)

/**
 * The time of arrival, with a microsecond of its own: what two requests count in one millisecond must not be taken for one sample. Requests
 * of one process never share one; those of two by chance.
 */
function stampOf(clock: Pick<Clock, 'now'>): Instant {
  microsecond = (microsecond + 1) % 1_000
  return clock.now() + microsecond / 1_000
}

/**
 * The same bytes sent twice are a repetition when they say when they were measured. When they do not, each is a measurement of its own,
 * unless the sender gives both the same `Idempotency-Key`.
 */
function stampedBody(request: Request, body: string): string {
  return `${request.headers.get('idempotency-key') ?? randomUUID()}\n${body}`
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
