import type { LogRecord, Measured, SeverityNumber } from '../../domain/log/record.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { ATTRIBUTES_MAX, MESSAGE_LENGTH_MAX, NAME_LENGTH_MAX, VALUE_LENGTH_MAX } from './limits.ts'
import { measureRequest } from './measure-request.ts'
import { measureMessage, measureRun } from './measure-run.ts'
import { takeEnvironment } from './series-attributes.ts'
import { cutText } from './text.ts'

/** Says of a line what of it was too long, and was cut. */
const TRUNCATED = 'vigie.truncated'
const SERVICE_NAMES = ['service.name', 'service']
const REQUEST_ID_NAMES = ['request_id', 'requestId', 'request.id', 'http.request.id', 'faas.invocation_id']
const USER_ID_NAMES = ['user_id', 'userId', 'user.id', 'enduser.id']

export interface LogDraft {
  at: Instant
  id: string | null
  severity: SeverityNumber
  message: string
  traceId: string | null
  source: string
  /** Everything else that is known, under the sender's own names. */
  facts: ReadonlyMap<string, string>
  /** When the line itself says what it measures; otherwise the facts are asked. */
  measured: Measured | null
}

/**
 * A line of a log as it is stored. A line is never refused for its length, because what it says may be what somebody looks for: it is
 * cut, and its attribute `vigie.truncated` names what was cut.
 */
export function toLogRecord({ facts, ...draft }: LogDraft): LogRecord {
  const measured = draft.measured ?? measureRequest(facts) ?? measureRun(facts) ?? measureMessage(draft.message)
  const { environment, rest } = takeEnvironment(facts)
  const take = (names: readonly string[]) => takeFirst(rest, names)
  const service = take(SERVICE_NAMES) ?? ''
  const requestId = take(REQUEST_ID_NAMES)
  const userId = take(USER_ID_NAMES)
  const truncated: string[] = []
  const cut = (name: string, text: string, length: number): string => {
    if (text.length > length) truncated.push(name)
    return cutText(text, length)
  }
  const message = cut('message', draft.message, MESSAGE_LENGTH_MAX)
  const named = [...rest].map(
    ([name, value]) =>
      [cut('name of an attribute', name, NAME_LENGTH_MAX), cut(name, value, VALUE_LENGTH_MAX)] as const,
  )
  // One place is kept for the mark itself.
  const kept =
    named.length + Math.min(truncated.length, 1) <= ATTRIBUTES_MAX ? named : named.slice(0, ATTRIBUTES_MAX - 1)
  if (kept.length < named.length) truncated.push(`${named.length - kept.length} more attributes`)
  const mark = [[TRUNCATED, cutText(truncated.join(', '), VALUE_LENGTH_MAX)] as const]
  return {
    ...draft,
    id: draft.id === null ? null : cutText(draft.id, NAME_LENGTH_MAX),
    message,
    service: cutText(service, NAME_LENGTH_MAX),
    environment: cutText(environment, NAME_LENGTH_MAX),
    requestId: requestId === null ? null : cutText(requestId, NAME_LENGTH_MAX),
    userId: userId === null ? null : cutText(userId, NAME_LENGTH_MAX),
    attributes: Object.fromEntries(truncated.length === 0 ? kept : [...kept, ...mark]),
    measured,
  }
}

/** The first of these names that has a value; it leaves the map, because it gets a column of its own. */
function takeFirst(map: Map<string, string>, names: readonly string[]): string | null {
  const name = names.find((one) => (map.get(one) ?? '') !== '')
  if (name === undefined) return null
  const value = map.get(name) ?? null
  map.delete(name)
  return value
}
