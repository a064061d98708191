import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { NextAttempt } from '../../../lib/domain/delivery/next.ts'
import type { DeliveryResult } from '../../../lib/domain/delivery/result.ts'
import {
  conclude,
  distinctRecipients,
  listUnsettled,
  type RecipientOutcome,
  settle,
  sumUp,
} from '../../../lib/domain/report/distribution.ts'

const delivered = { outcome: 'delivered', detail: 'taken', providerId: 'm', viaOutbox: false } as const
const rejected = { outcome: 'rejected', detail: 'Resend answered 422', statusCode: 422 } as const
const away = {
  outcome: 'retry',
  detail: 'Resend answered 503',
  statusCode: 503,
  retryAfterMs: null,
  uncertain: false,
} as const
const gone = { outcome: 'gone', detail: 'gone', statusCode: 410 } as const
const GOT: RecipientOutcome = { outcome: 'delivered', detail: 'taken' }
const REFUSED: RecipientOutcome = { outcome: 'rejected', detail: 'Resend answered 422' }

test.each<[string[], string[]]>([
  [[], []],
  [
    ['a@x.com', 'b@x.com'],
    ['a@x.com', 'b@x.com'],
  ],
  [
    ['a@x.com', 'A@X.com', 'b@x.com', ' a@x.com'],
    ['a@x.com', 'b@x.com'],
  ],
])('of %j each address is written to once, in that order', (addresses, expected) => {
  expect(distinctRecipients(addresses)).toEqual(expected)
})

test('whoever has an outcome is not written to again, and the others keep their key', () => {
  const recipients = ['a', 'b', 'c']
  const all = listUnsettled('report:1', { recipients, outcomes: {} })
  expect(all).toEqual([
    { to: 'a', key: 'report:1:0' },
    { to: 'b', key: 'report:1:1' },
    { to: 'c', key: 'report:1:2' },
  ])
  expect(listUnsettled('report:1', { recipients, outcomes: { a: GOT, b: REFUSED } })).toEqual(all.slice(2))
})

test.each<[DeliveryResult, RecipientOutcome | null]>([
  [delivered, GOT],
  [rejected, REFUSED],
  [gone, { outcome: 'rejected', detail: 'gone' }],
  [away, null],
])('%j settles a mail as %j', (result, outcome) => expect(settle(result)).toEqual(outcome))

test.each<[string, Record<string, RecipientOutcome>, DeliveryResult, NextAttempt, NextAttempt['kind'], string | null]>([
  ['all got it', { a: GOT, b: GOT }, delivered, { kind: 'done' }, 'done', null],
  [
    'one was refused',
    { a: GOT, b: REFUSED },
    rejected,
    { kind: 'dead', reason: '' },
    'done',
    'The report was not sent to b: Resend answered 422',
  ],
  [
    'all were refused',
    { a: REFUSED, b: REFUSED },
    rejected,
    { kind: 'dead', reason: '' },
    'dead',
    'Resend answered 422',
  ],
  [
    'the provider paused in the middle',
    { a: GOT },
    away,
    { kind: 'retry', at: 9, reason: '' },
    'retry',
    'Resend answered 503',
  ],
  [
    'the provider stayed away after the first',
    { a: GOT },
    away,
    { kind: 'dead', reason: '' },
    'done',
    'The report was not sent to b: Resend answered 503',
  ],
  ['the provider stayed away', {}, away, { kind: 'dead', reason: '' }, 'dead', 'Resend answered 503'],
])('when %s', (_when, outcomes, result, next, kind, lastError) => {
  const concluded = conclude({ recipients: ['a', 'b'], outcomes }, result, next)
  expect([concluded.next.kind, concluded.lastError]).toEqual([kind, lastError])
})

test('all mails together are delivered exactly when each of them is', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(GOT, REFUSED), { minLength: 1, maxLength: 8 }), (ends) => {
      const recipients = ends.map((_, index) => `p${index}@x.com`)
      const outcomes = Object.fromEntries(recipients.map((to, index) => [to, ends[index] ?? GOT]))
      const isDelivered = ends.every((end) => end === GOT)
      expect(sumUp({ recipients, outcomes }).outcome).toBe(isDelivered ? 'delivered' : 'rejected')
    }),
  )
})
