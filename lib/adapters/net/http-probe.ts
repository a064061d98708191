import type { HttpConfig } from '../../domain/monitor/config.ts'
import { evaluateHttp, HEALTH_BODY_MAX_CHARS } from '../../domain/probe/assert-http.ts'
import { earlierCertificate } from '../../domain/probe/certificate.ts'
import type { Certificate, Phases, ProbeOutcome } from '../../domain/probe/outcome.ts'
import { excerptText, hideSecrets } from '../../domain/probe/quote.ts'
import { decodeContent, decodeText } from './decode-body.ts'
import { exchangeHttp, type HttpAnswer, type HttpMessage } from './exchange-http.ts'
import { firstMessage, nextMessage, secretValues } from './http-request.ts'
import { isNetFailure, type NetFailure, netFailure } from './net-failure.ts'
import { openOrigin } from './open-origin.ts'
import { failedOutcome, outcomeOf, type ProbeRun } from './probe-kind.ts'

const EXCERPT_MAX_CHARS = 1_024
/** What is kept of a body that no assertion reads: an excerpt with room for secrets that must be hidden in it. */
const EXCERPT_KEPT_BYTES = 16_384
const REDIRECTS = new Set([301, 302, 303, 307, 308])

/** What the hops of one probe have in common. */
interface Trip {
  run: ProbeRun
  config: HttpConfig
  phases: Phases
  remoteAddress: string | null
  certificate: Certificate | null
}

/** Follows redirects within one deadline, then compares the last answer with what the monitor expects. */
export async function probeHttp(run: ProbeRun, config: HttpConfig): Promise<ProbeOutcome> {
  const trip: Trip = { run, config, phases: {}, remoteAddress: null, certificate: null }
  const answer = await travel(trip)
  if (isNetFailure(answer)) return fail(trip, answer)
  const decoded = await decode(trip, answer)
  return isNetFailure(decoded) ? fail(trip, decoded) : judge(trip, answer, decoded.text)
}

function fail(trip: Trip, failure: NetFailure): ProbeOutcome {
  const { remoteAddress, certificate } = trip
  const message = hideSecrets(failure.message, secretValues(trip.run.secrets))
  return failedOutcome(trip.run, trip.phases, { ...failure, message }, { remoteAddress, certificate })
}

/** Up to the first answer that is no redirect. */
async function travel(trip: Trip): Promise<HttpAnswer | NetFailure> {
  const { config, run } = trip
  const { follow, max } = config.redirects
  let message = firstMessage(config, run.secrets)
  const visited = new Set<string>()
  for (let hop = 0; ; hop++) {
    const answer = await visit(trip, message)
    if (isNetFailure(answer)) return answer
    const { location } = answer.headers
    if (!follow || location === undefined || !REDIRECTS.has(answer.statusCode)) return answer
    if (hop >= max) return netFailure('redirect', `answered a further redirect after ${hop}, the most that is followed`)
    const url = resolveLocation(location, message.url)
    if (url === null) return netFailure('redirect', 'answered a redirect to an address that is not http(s)')
    visited.add(`${message.method} ${message.url.href}`)
    message = nextMessage(message, url, answer.statusCode, run.secrets)
    // No cookies are kept, so the same request gets the same answer: there is no way out of a loop.
    if (visited.has(`${message.method} ${url.href}`))
      return netFailure('redirect', `redirects in a loop, back to ${url.origin}${url.pathname}`)
  }
}

/** Header bytes reach us as Latin-1, while servers that do not escape send UTF-8. Credentials in it are not used. */
function resolveLocation(location: string, base: URL): URL | null {
  const text = Buffer.from(location, 'latin1').toString('utf8')
  if (!URL.canParse(text, base.href)) return null
  const url = new URL(text, base)
  url.username = ''
  url.password = ''
  url.hash = ''
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : null
}

async function visit(trip: Trip, message: HttpMessage): Promise<HttpAnswer | NetFailure> {
  const { run, config, phases } = trip
  const origin = await openOrigin(run.network, message.url, config.verifyTls, run.deadline, phases)
  trip.remoteAddress = origin.remoteAddress
  trip.certificate = earlierCertificate(trip.certificate, origin.certificate)
  if (isNetFailure(origin)) return origin
  const { expect, maxBodyBytes } = config
  const needsBody = expect.keyword !== undefined || expect.keywordAbsent !== undefined || expect.json.length > 0
  // A health document is small and always kept; so is every compressed body within the limit, which must be whole to be read.
  const keptBytes = needsBody ? maxBodyBytes : expect.healthBody ? 4 * HEALTH_BODY_MAX_CHARS : EXCERPT_KEPT_BYTES
  return exchangeHttp(
    origin.socket,
    message,
    { maxBytes: maxBodyBytes, onExcess: 'fail', keptBytes },
    run.deadline,
    phases,
  )
}

/** The body as text; null where there is none or where its coding is unknown. */
async function decode(trip: Trip, answer: HttpAnswer): Promise<{ text: string | null } | NetFailure> {
  if (answer.bytes === 0) return { text: null }
  const coding = answer.headers['content-encoding']
  if (coding === undefined) return { text: decodeText(answer.body, answer.headers['content-type']) }
  const body = await trip.run.deadline.run<{ content: Buffer | null }>((settle) => {
    decodeContent(answer.body, coding, trip.config.maxBodyBytes).then((content) =>
      settle(content !== null && isNetFailure(content) ? content : { content }),
    )
  })
  if (isNetFailure(body)) return body
  return { text: body.content === null ? null : decodeText(body.content, answer.headers['content-type']) }
}

function judge(trip: Trip, answer: HttpAnswer, body: string | null): ProbeOutcome {
  const { run, config, phases, remoteAddress, certificate } = trip
  const { statusCode, headers, bytes } = answer
  const durationMs = run.deadline.elapsedMs()
  const secrets = secretValues(run.secrets)
  const facts = { statusCode, headers, body, durationMs, certificate, verifyTls: config.verifyTls, secrets }
  const evaluation = evaluateHttp(config.expect, facts, run.startedAt)
  const isPartial = answer.body.length < bytes
  const bodyExcerpt =
    evaluation.verdict === 'up' || body === null ? null : excerptText(body, secrets, EXCERPT_MAX_CHARS, isPartial)
  return outcomeOf(run, phases, evaluation, { statusCode, remoteAddress, certificate, bytes, bodyExcerpt })
}
