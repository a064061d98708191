import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SEVERITIES, type Severity } from '../../../lib/domain/monitor/severity.ts'
import { CHANNEL_KINDS, type ChannelKind } from '../../../lib/domain/notification/channel.ts'
import { NOTIFICATION_KINDS } from '../../../lib/domain/notification/message.ts'
import { decideRecipients, type RouteRequest } from '../../../lib/domain/notification/route.ts'

type RouteChannel = RouteRequest['channels'][number]

const channel = (kind: ChannelKind, changes: Partial<RouteChannel> = {}): RouteChannel => ({
  id: kind,
  name: `Our ${kind}`,
  kind,
  enabled: true,
  disabledReason: null,
  minSeverity: null,
  ...changes,
})

const all = CHANNEL_KINDS.map((kind) => channel(kind))

function decide(changes: Partial<RouteRequest> = {}) {
  return decideRecipients({
    kind: 'incident.triggered',
    severity: 'critical',
    channels: all,
    notifyChannelIds: [],
    ...changes,
  })
}
const sentTo = (changes: Partial<RouteRequest> = {}) =>
  decide(changes)
    .filter(({ send }) => send)
    .map(({ channelId }) => channelId)
    .sort()
const first = (changes: Partial<RouteRequest>) => decide(changes)[0]

describe('without a list of its own, a monitor follows the guides', () => {
  test.each<[Severity, ChannelKind[]]>([
    ['critical', ['email', 'slack', 'sms', 'webhook']],
    ['high', ['email', 'slack', 'webhook']],
    ['medium', ['email', 'webhook']],
    ['low', ['email', 'webhook']],
  ])('%s goes to %j', (severity, kinds) => {
    expect(sentTo({ severity })).toEqual(kinds)
  })

  test('P3 says that it goes by mail for want of a digest', () => {
    expect(first({ severity: 'low', channels: [channel('email')] })?.reason).toContain('until there is a daily digest')
  })
})

describe('a list of the monitor replaces the guides', () => {
  test('listed channels are told, the others are not and say why', () => {
    const decisions = decide({ severity: 'medium', notifyChannelIds: ['slack'] })
    expect(sentTo({ severity: 'medium', notifyChannelIds: ['slack'] })).toEqual(['slack'])
    expect(decisions.find(({ channelId }) => channelId === 'email')).toMatchObject({ send: false, code: 'not_listed' })
  })

  test('SMS stays with critical even when listed', () => {
    const changes = { channels: [channel('sms')], notifyChannelIds: ['sms'] }
    expect(first({ ...changes, severity: 'critical' })).toMatchObject({ send: true, code: 'listed' })
    expect(first({ ...changes, severity: 'high' })).toMatchObject({ send: false, code: 'sms_critical_only' })
  })

  test('a listed channel that was deleted is named and not sent', () => {
    expect(decide({ notifyChannelIds: ['email', 'ghost'] }).at(-1)).toMatchObject({
      channelId: 'ghost',
      send: false,
      code: 'missing',
    })
  })
})

describe('a severity that somebody set decides', () => {
  test.each<[ChannelKind, Severity, Severity, boolean]>([
    ['sms', 'medium', 'medium', true],
    ['sms', 'medium', 'low', false],
    ['slack', 'low', 'low', true],
    ['email', 'high', 'medium', false],
    ['webhook', 'critical', 'high', false],
  ])('%s from %s on, told of %s: %s', (kind, minSeverity, severity, send) => {
    expect(first({ severity, channels: [channel(kind, { minSeverity })] })?.send).toBe(send)
  })
})

test('a channel that is switched off is not told, with the reason', () => {
  const off = channel('webhook', { enabled: false, disabledReason: 'It answered 410.' })
  expect(first({ channels: [off] })).toEqual({
    channelId: 'webhook',
    send: false,
    code: 'disabled',
    reason: 'Our webhook is switched off: It answered 410.',
  })
})

test('a test reaches every channel, also one that is switched off', () => {
  expect(
    sentTo({ kind: 'test', severity: 'low', channels: all.map((one) => ({ ...one, enabled: false })) }),
  ).toHaveLength(4)
})

test('a degradation of a critical monitor wakes nobody by SMS', () => {
  expect(sentTo({ kind: 'monitor.degraded' })).toEqual(['email', 'slack', 'webhook'])
})

describe('the end of an episode goes to whoever was told of its beginning', () => {
  test.each(['incident.acknowledged', 'incident.resolved', 'monitor.recovered'] as const)('%s', (kind) => {
    const changes = { kind, severity: 'low' as const, toldChannelIds: ['sms'], notifyChannelIds: ['email'] }
    expect(sentTo(changes)).toEqual(['sms'])
    expect(decide(changes).find(({ channelId }) => channelId === 'email')?.code).toBe('was_not_told')
  })

  test('but not to a channel that was switched off since', () => {
    const channels = [channel('sms', { enabled: false })]
    expect(sentTo({ kind: 'incident.resolved', channels, toldChannelIds: ['sms'] })).toEqual([])
  })
})

test('every channel gets exactly one decision, and every decision a sentence', () => {
  const channels = fc.uniqueArray(
    fc.record({
      id: fc.uuid(),
      name: fc.string({ minLength: 1 }),
      kind: fc.constantFrom(...CHANNEL_KINDS),
      enabled: fc.boolean(),
      disabledReason: fc.option(fc.string()),
      minSeverity: fc.option(fc.constantFrom(...SEVERITIES)),
    }),
    { selector: ({ id }) => id },
  )
  fc.assert(
    fc.property(
      channels,
      fc.constantFrom(...NOTIFICATION_KINDS),
      fc.constantFrom(...SEVERITIES),
      (some, kind, severity) => {
        const decisions = decideRecipients({
          kind,
          severity,
          channels: some,
          notifyChannelIds: some.slice(0, 1).map(({ id }) => id),
        })
        expect(decisions.map(({ channelId }) => channelId)).toEqual(some.map(({ id }) => id))
        for (const { reason } of decisions) expect(reason).toMatch(/\.$/)
      },
    ),
  )
})

test('whoever takes an incident of some severity takes every worse one', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...CHANNEL_KINDS),
      fc.option(fc.constantFrom(...SEVERITIES)),
      fc.boolean(),
      (kind, minSeverity, isListed) => {
        const one = channel(kind, { minSeverity })
        const sends = SEVERITIES.map(
          (severity) => first({ severity, channels: [one], notifyChannelIds: isListed ? [one.id] : [] })?.send,
        )
        expect(sends.lastIndexOf(false)).toBeLessThan(
          sends.indexOf(true) === -1 ? Number.POSITIVE_INFINITY : sends.indexOf(true),
        )
      },
    ),
  )
})
