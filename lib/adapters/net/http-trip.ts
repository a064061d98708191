import type { HttpConfig } from '../../domain/monitor/config.ts'
import { earlierCertificate } from '../../domain/probe/certificate.ts'
import type { Certificate, Phases, ProbeOutcome } from '../../domain/probe/outcome.ts'
import { hideSecrets } from '../../domain/probe/quote.ts'
import { decodeContent, decodeText } from './decode-body.ts'
import { exchangeHttp, type HttpAnswer, type HttpMessage } from './exchange-http.ts'
import { firstMessage, nextMessage, secretValues } from './http-request.ts'
import { isNetFailure, type NetFailure, netFailure } from './net-failure.ts'
import { openOrigin } from './open-origin.ts'
import { failedOutcome, type ProbeRun } from './probe-kind.ts'

const REDIRECTS = new Set([301, 302, 303, 307, 308])

/** What is asked for, whatever the answer is judged by. */
export type HttpQuestion = Pick<
  HttpConfig,
  'url' | 'method' | 'headers' | 'body' | 'redirects' | 'maxBodyBytes' | 'verifyTls'
> & {
  /** How much of a plain body is kept in memory; all of it is read. */
  keptBytes: number
}

/** What the hops of one probe have in common. */
export interface Trip {
  run: ProbeRun
  question: HttpQuestion
  phases: Phases
  remoteAddress: string | null
  certificate: Certificate | null
}

export interface ArrivedAnswer {
  answer: HttpAnswer
  /** The body in words; null where there is none or where its coding is unknown. */
  text: string | null
}

export function startTrip(run: ProbeRun, question: HttpQuestion): Trip {
  return { run, question, phases: {}, remoteAddress: null, certificate: null }
}

/** Follows redirects within one deadline and reads the last answer. */
export async function travel(trip: Trip): Promise<ArrivedAnswer | NetFailure> {
  const answer = await followRedirects(trip)
  if (isNetFailure(answer)) return answer
  const decoded = await decode(trip, answer)
  return isNetFailure(decoded) ? decoded : { answer, text: decoded.text }
}

/** The outcome of a trip that did not arrive. */
export function failTrip(trip: Trip, failure: NetFailure): ProbeOutcome {
  const { remoteAddress, certificate } = trip
  const message = hideSecrets(failure.message, secretValues(trip.run.secrets))
  return failedOutcome(trip.run, trip.phases, { ...failure, message }, { remoteAddress, certificate })
}

/** Up to the first answer that is no redirect. */
async function followRedirects(trip: Trip): Promise<HttpAnswer | NetFailure> {
  const { question, run } = trip
  const { follow, max } = question.redirects
  let message = firstMessage(question, run.secrets)
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
  const { run, question, phases } = trip
  const origin = await openOrigin(run.network, message.url, question.verifyTls, run.deadline, phases)
  trip.remoteAddress = origin.remoteAddress
  trip.certificate = earlierCertificate(trip.certificate, origin.certificate)
  if (isNetFailure(origin)) return origin
  const { maxBodyBytes, keptBytes } = question
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
    decodeContent(answer.body, coding, trip.question.maxBodyBytes).then((content) =>
      settle(content !== null && isNetFailure(content) ? content : { content }),
    )
  })
  if (isNetFailure(body)) return body
  return { text: body.content === null ? null : decodeText(body.content, answer.headers['content-type']) }
}
