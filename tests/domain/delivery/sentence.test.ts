import { describe, expect, test } from 'vitest'
import { classifyResponse } from '../../../lib/adapters/channels/classify-response.ts'
import { joinResults } from '../../../lib/adapters/channels/sms/join-results.ts'
import { classifyError } from '../../../lib/adapters/net/net-failure.ts'
import { chooseFallback } from '../../../lib/domain/delivery/fallback.ts'
import { decideNextAttempt } from '../../../lib/domain/delivery/next.ts'
import type { DeliveryResult } from '../../../lib/domain/delivery/result.ts'
import { deliverySentence } from '../../../lib/domain/delivery/sentence.ts'
import { decideRecipients } from '../../../lib/domain/notification/route.ts'
import { describeMissed } from '../../../lib/domain/report/distribution.ts'

/** Words that only an English sentence has. */
const ENGLISH = /\b(the|was|is|and|not|goes|takes|answered|with|again|could|lists|kept|so)\b/i
const french = (text: string) => deliverySentence(text, 'fr')

test('an English reader gets the sentence as it is stored, and one that nobody knows stays as it is', () => {
  expect(deliverySentence('Resend took it', 'en')).toBe('Resend took it')
  expect(french('Something newer than this version.')).toBe('Something newer than this version.')
})

test('a report that some did not get names them in French, with the provider’s reason', () => {
  const missed = describeMissed(['a@example.com', 'b@example.com'], 'Resend answered 422: validation_error, bad: to')
  expect(french(missed)).toBe(
    'Le rapport n’est pas parti pour a@example.com, b@example.com\u00a0: Resend a répondu 422\u00a0: validation_error, bad: to',
  )
})

describe('why a channel is told has a French sentence', () => {
  const channel = { id: 'c', name: 'Astreinte', kind: 'slack', enabled: true, disabledReason: null } as const
  const reasons = [
    decideRecipients({
      kind: 'test',
      severity: 'low',
      channels: [{ ...channel, minSeverity: null }],
      notifyChannelIds: [],
    }),
    decideRecipients({
      kind: 'incident.resolved',
      severity: 'low',
      channels: [{ ...channel, minSeverity: null }],
      notifyChannelIds: [],
      toldChannelIds: ['c'],
    }),
    decideRecipients({
      kind: 'incident.triggered',
      severity: 'critical',
      channels: [{ ...channel, minSeverity: null }],
      notifyChannelIds: ['c'],
    }),
    decideRecipients({
      kind: 'incident.triggered',
      severity: 'critical',
      channels: [{ ...channel, minSeverity: 'high' }],
      notifyChannelIds: [],
    }),
    ...(['critical', 'high', 'medium', 'low'] as const).map((severity) =>
      decideRecipients({
        kind: 'incident.triggered',
        severity,
        channels: [{ ...channel, kind: 'email', minSeverity: null }],
        notifyChannelIds: [],
      }),
    ),
  ].flatMap((decisions) => decisions.filter(({ send }) => send).map(({ reason }) => reason))

  test('for each way to be chosen', () => expect(reasons).toHaveLength(8))
  test.each(reasons)('%s', (reason) => expect(french(reason)).not.toMatch(ENGLISH))

  test.each(['retry', 'dead'] as const)('as the second choice when the first is in state %s', (state) => {
    const next =
      state === 'retry' ? { kind: 'retry' as const, at: 0, reason: 'x' } : { kind: 'dead' as const, reason: 'x' }
    const spare = [{ id: 'b', kind: 'email' as const, name: 'Courriel' }]
    const chosen = chooseFallback('incident.triggered', { name: 'Salon' }, 3, next, spare)
    expect(french(chosen?.reason ?? 'the')).not.toMatch(ENGLISH)
  })
})

describe('how an attempt ended has a French sentence, with the words of the provider as they are', () => {
  const answer = (statusCode: number, body = ''): DeliveryResult =>
    classifyResponse({ ok: true, statusCode, headers: {}, body } as never, { who: 'The webhook', now: 0, secrets: [] })
  const decided = (result: DeliveryResult, createdAt = 0, now = 0) => {
    const next = decideNextAttempt({ result, attempt: 7, createdAt, now, chance: 0.5 })
    return 'reason' in next ? next.reason : ''
  }
  const reset = classifyError(Object.assign(new Error(), { code: 'ECONNRESET' }), 'hooks.example.com:443').message

  test.each([
    ['a receiver that is gone', decided(answer(410, 'no such hook')), /\(410\).*no such hook/],
    ['a refusal', decided(answer(422, 'the id is wrong')), /définitivement.*422.*the id is wrong/],
    ['a day of failures', decided(answer(503), 0, 25 * 3_600_000), /24 h et 7 tentatives.*503/],
    ['an answer that may pass', answer(429).detail, /^Le webhook a répondu 429$/],
    ['a connection that broke', `The webhook was not reached: ${reset}`, /fermée par l’autre côté \(ECONNRESET\)/],
    ['silence', 'Slack was not reached: no answer within 10 s', /^Slack n’a pas été joint.*pas de réponse en 10 s$/],
    ['a test of the dead-man', 'The dead-man service answered 200.', /a répondu 200/],
    ['a test of the database', 'Answered 200 in 12 ms.', /^A répondu 200 en 12 ms\.$/],
    ['a test without an answer', 'No answer within 5 s.', /^Pas de réponse en 5 s\.$/],
    ['a test of what is not there', 'Sentry is not configured.', /^Sentry n’est pas configuré\.$/],
    ['a report', 'The report was not sent. Resend took it', /^Le rapport n’est pas parti\. Pris/],
    ['a message that is kept', 'Kept in the outbox: Twilio is not configured.', /boîte d’envoi.*Twilio/],
    [
      'two numbers',
      joinResults([
        { to: '+33612345678', result: answer(200) },
        { to: '+33698765432', result: answer(400, 'unknown number') },
      ] as never).detail,
      /^\+33…78.* 200 ;.*\+33…32.* 400.*unknown number$/,
    ],
  ])('%s', (_title, sentence, pattern) => {
    expect(french(sentence).replaceAll('\u00a0', ' ')).toMatch(pattern)
    expect(french(sentence).replace(/: (the id is wrong|no such hook|unknown number)$/, '')).not.toMatch(ENGLISH)
  })
})
