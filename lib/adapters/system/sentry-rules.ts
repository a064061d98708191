import { scrubText } from './scrub-text.ts'

/** Share of requests whose timing is sent. */
export const TRACES_SAMPLE_RATE = 0.1

/** Nothing about people, and no contents. SDK 11 has these switches in the place of `sendDefaultPii: false`, and sends all of it unasked. */
export const DATA_COLLECTION = {
  userInfo: false,
  cookies: false,
  httpHeaders: { request: false, response: false },
  httpBodies: [],
  urlQueryParams: false,
  graphQL: { document: false, variables: false },
  genAI: { inputs: false, outputs: false },
  databaseQueryData: false,
  queues: false,
  stackFrameVariables: false,
}

/** The parts of a Sentry event that the rules look at. */
interface SentryEvent {
  user?: unknown
  request?: { url?: string; method?: string }
  server_name?: unknown
  breadcrumbs?: unknown
  contexts?: { response?: { status_code?: unknown }; trace?: { data?: Record<string, unknown> } } & Record<
    string,
    unknown
  >
}

/** Thrown by Next to steer (redirects, not-found pages); and answers of 404, which are somebody's typing error and not ours. */
export function isNotOurError(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { digest, message, status, statusCode, code } = error as Record<string, unknown>
  const steers = [digest, message].some(
    (text) => typeof text === 'string' && /^NEXT_(NOT_FOUND|REDIRECT|HTTP_ERROR_FALLBACK)/.test(text),
  )
  return steers || status === 404 || statusCode === 404 || code === 'PT404'
}

/**
 * `beforeSend` and `beforeSendTransaction`: null drops the event. What stays has no user, cookie, header, body or query string, in any
 * of the places where the SDK and its integrations put addresses.
 */
export function applySentryRules<Event extends object>(
  event: Event,
  hint?: { originalException?: unknown },
): Event | null {
  if (isNotOurError(hint?.originalException)) return null
  const { user: _user, server_name: _host, request, breadcrumbs: _crumbs, ...rest } = event as SentryEvent
  const { response, trace } = rest.contexts ?? {}
  if (Number(response?.status_code ?? trace?.data?.['http.response.status_code']) === 404) return null
  const kept = request === undefined ? rest : { ...rest, request: { url: request.url, method: request.method } }
  return scrubValue(kept) as Event
}

/** What the SDK sends in one request, as far as the rules look into it: a header, and items of a header and a payload each. */
export type SentryEnvelope = readonly [unknown, readonly unknown[]]

/**
 * In place. Replays pass by `beforeSend`: their event lists the addresses that were visited, and their recording begins each page with
 * its address. Needs recordings that are not compressed (`useCompression: false`).
 */
export function scrubReplays([, items]: SentryEnvelope): void {
  for (const item of items as [{ type?: string; length?: number }, unknown][]) {
    const [header, payload] = item
    if (header.type === 'replay_event') item[1] = applySentryRules(payload as object)
    if (header.type !== 'replay_recording') continue
    const scrubbed = scrubRecording(payload)
    item[1] = scrubbed
    header.length = new TextEncoder().encode(scrubbed).length
  }
}

/** A line of headers and one of JSON, as Sentry's relay takes them. Anything else is not sent at all: it could not be looked through. */
function scrubRecording(payload: unknown): string {
  const text = typeof payload === 'string' ? payload : ''
  const [headers = '{}', ...events] = text.split('\n')
  try {
    return `${headers}\n${JSON.stringify(scrubValue(JSON.parse(events.join('\n'))))}`
  } catch {
    return `${headers}\n[]`
  }
}

/** Names of fields whose content goes, wherever they stand. */
const SENSITIVE = /cookie|authorization|query|password|secret|token|api[_-]?key|client\.address|user\.|^ip/i

function scrubValue(value: unknown): unknown {
  if (typeof value === 'string') return scrubText(value)
  if (Array.isArray(value)) return value.map(scrubValue)
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value
  const kept = Object.entries(value).filter(([name]) => !SENSITIVE.test(name))
  return Object.fromEntries(kept.map(([name, item]) => [name, scrubValue(item)]))
}
