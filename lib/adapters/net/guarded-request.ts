import { type OutgoingHttpHeaders, validateHeaderName, validateHeaderValue } from 'node:http'
import type { Phases } from '../../domain/probe/outcome.ts'
import type { AddressPolicy } from './address-policy.ts'
import { Deadline } from './deadline.ts'
import { decodeText } from './decode-body.ts'
import { exchangeHttp } from './exchange-http.ts'
import type { Network } from './guarded-lookup.ts'
import { USER_AGENT } from './http-request.ts'
import { classifyError, isNetFailure, type NetFailure, netFailure } from './net-failure.ts'
import { openOrigin } from './open-origin.ts'
import { createHostLookup, type HostLookup } from './resolve-host.ts'

export interface GuardedRequest {
  url: string
  method: 'GET' | 'POST' | 'PUT'
  headers?: Record<string, string>
  body?: string
  /** Bounds everything: resolution, connection, answer and its body. */
  timeoutMs: number
  /** The answer's body is cut here, which is no failure: what a receiver says beyond its status is a courtesy. */
  maxBytes?: number
}

export interface GuardedResponse {
  statusCode: number
  /** Names in lower case; repeated ones joined as node:http joins them. */
  headers: Record<string, string | string[] | undefined>
  body: string
}

/** `sent` is true when the other side may have taken the request although no answer came. */
export type GuardedFailure = NetFailure & { sent: boolean }

const MAX_BYTES = 65_536

/**
 * One HTTP request to an address that a user chose: every address checked at connect time, certificates verified, one deadline,
 * a bounded body, no redirects (a receiver that moved must be configured anew: its signature would follow to anybody).
 * Failures are values. Tell them apart with `isNetFailure`.
 */
export function createGuardedRequest(options: {
  allow: AddressPolicy
  lookup?: HostLookup | undefined
  ca?: string | undefined
}): (request: GuardedRequest) => Promise<GuardedResponse | GuardedFailure> {
  const network: Network = { policy: options.allow, lookup: options.lookup ?? createHostLookup(), ca: options.ca }
  return async (request) => {
    const invalid = explainRequest(request)
    if (invalid !== null) return { ...invalid, sent: false }
    const deadline = new Deadline(request.timeoutMs)
    try {
      return await perform(network, request, deadline)
    } finally {
      deadline.end()
    }
  }
}

function explainRequest({ url, headers }: GuardedRequest): NetFailure | null {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    return netFailure('protocol', 'the address is not an absolute http(s) address')
  try {
    for (const [name, value] of Object.entries(headers ?? {})) {
      validateHeaderName(name)
      validateHeaderValue(name, value)
    }
    return null
  } catch (error) {
    return classifyError(error, new URL(url).host)
  }
}

async function perform(
  network: Network,
  request: GuardedRequest,
  deadline: Deadline,
): Promise<GuardedResponse | GuardedFailure> {
  const url = new URL(request.url)
  const phases: Phases = {}
  const origin = await openOrigin(network, url, true, deadline, phases)
  if (isNetFailure(origin)) return { failed: true, cause: origin.cause, message: origin.message, sent: false }
  const { method, body } = request
  const maxBytes = request.maxBytes ?? MAX_BYTES
  const answer = await exchangeHttp(
    origin.socket,
    { url, method, headers: headersOf(request), body },
    { maxBytes, onExcess: 'cut', keptBytes: maxBytes },
    deadline,
    phases,
  )
  // An answer that cannot be read and one that never came leave the same doubt.
  if (isNetFailure(answer)) return { ...answer, sent: true }
  const { statusCode, headers } = answer
  return { statusCode, headers, body: decodeText(answer.body, headers['content-type']) }
}

function headersOf({ headers, body }: GuardedRequest): OutgoingHttpHeaders {
  const all: OutgoingHttpHeaders = { 'user-agent': USER_AGENT, accept: '*/*' }
  for (const [name, value] of Object.entries(headers ?? {})) all[name.toLowerCase()] = value
  if (body !== undefined) all['content-length'] = Buffer.byteLength(body)
  return all
}
