import { expect, test } from 'vitest'
import { chooseFallback, FALLBACK_AFTER_ATTEMPTS } from '../../../lib/domain/delivery/fallback.ts'
import type { NextAttempt } from '../../../lib/domain/delivery/next.ts'

const RETRY: NextAttempt = { kind: 'retry', at: 0, reason: 'away' }
const DEAD: NextAttempt = { kind: 'dead', reason: 'refused' }
const GONE: NextAttempt = { kind: 'disable_channel', reason: 'gone' }
const SPARE = [
  { id: 'hook', kind: 'webhook', name: 'hook' },
  { id: 'phone', kind: 'sms', name: 'phone' },
  { id: 'mail', kind: 'email', name: 'mail' },
] as const

test.each([
  ['not after the first failure', 'incident.triggered', 1, RETRY, SPARE, null],
  ['at the third', 'incident.triggered', FALLBACK_AFTER_ATTEMPTS, RETRY, SPARE, 'mail'],
  ['not again after it', 'incident.triggered', FALLBACK_AFTER_ATTEMPTS + 1, RETRY, SPARE, null],
  ['at once when there will be no further attempt', 'incident.triggered', 1, DEAD, SPARE, 'mail'],
  ['also when the channel is gone', 'incident.triggered', 1, GONE, SPARE, 'mail'],
  ['never after a delivery', 'incident.triggered', 3, { kind: 'done' } as const, SPARE, null],
  ['not for the end of an incident', 'incident.resolved', 3, RETRY, SPARE, null],
  ['not for a test', 'test', 1, DEAD, SPARE, null],
  ['not when every channel has been told', 'incident.triggered', 3, RETRY, [], null],
  ['what reaches a person before what reaches a program', 'incident.triggered', 3, RETRY, SPARE.slice(0, 2), 'phone'],
] as const)('%s', (_title, kind, attempt, next, spare, chosen) => {
  expect(chooseFallback(kind, { name: 'ops' }, attempt, next, spare)?.channelId ?? null).toBe(chosen)
})
