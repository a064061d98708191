import { expect, test } from 'vitest'
import type { MessageData, NotificationKind, OutgoingMessage } from '../../../lib/domain/notification/message.ts'
import { nameGroup, type RuleMessage } from '../../../lib/domain/notification/rule-message.ts'
import { writeText } from '../../../lib/domain/notification/text.ts'
import type { Locale } from '../../../lib/domain/time/locale.ts'

const RULE: RuleMessage = {
  key: 'checkout',
  name: 'Checkout',
  startedAt: '2026-11-23T03:12:00.000Z',
  level: 'critical',
  group: '/pay',
  otherGroups: [],
  value: 2.4,
  limit: 2,
  unit: 's',
  noDataSince: null,
  pageUrl: 'https://vigie.test/shop/rules/checkout',
  runbook: 'RB-001',
}
const INCIDENT: NonNullable<MessageData['incident']> = {
  id: 'i',
  number: 7,
  severity: 'critical',
  priority: 'P0',
  status: 'triggered',
  title: 'Checkout is critical: /pay',
  startedAt: RULE.startedAt,
  acknowledgedAt: null,
  resolvedAt: null,
  reason: '',
  url: 'https://vigie.test/shop/incidents/i',
  flapping: false,
}

function write(
  kind: NotificationKind,
  rule: Partial<RuleMessage> = {},
  locale: Locale = 'en',
  incident: Partial<typeof INCIDENT> | null = {},
) {
  const message: OutgoingMessage = {
    notificationId: 'n',
    kind,
    timestamp: '2026-11-23T03:17:00.000Z',
    acknowledgeUrl: null,
    data: {
      project: { slug: 'shop', name: 'Shop', timeZone: 'UTC', locale },
      incident: incident === null ? null : { ...INCIDENT, ...incident },
      monitor: null,
      rule: { ...RULE, ...rule },
      alsoAffected: [],
      evidence: [],
      toldTo: ['Ops'],
      lastDeployment: { at: '2026-11-23T03:09:00.000Z', name: 'shop 3f1c9a2' },
    },
  }
  return writeText(message)
}

test.each<[NotificationKind, Partial<RuleMessage>, Partial<typeof INCIDENT> | null, string, string]>([
  [
    'incident.triggered',
    {},
    {},
    'Checkout (/pay) is critical: 2.4\u00a0s, limit 2\u00a0s',
    'Checkout (/pay) est critique\u00a0: 2,4\u00a0s, limite 2\u00a0s',
  ],
  [
    'alert.firing',
    { level: 'warning' },
    null,
    'Checkout (/pay) needs a look: ',
    'Checkout (/pay) est à surveiller\u00a0: ',
  ],
  [
    'alert.resolved',
    { level: null },
    null,
    'Checkout (/pay) is back to normal',
    'Checkout (/pay) est revenu à la normale',
  ],
  ['incident.resolved', { level: null }, {}, 'is back to normal', 'est revenu à la normale'],
  ['incident.resolved', { level: 'warning' }, {}, 'is not critical any more', 'n’est plus critique'],
  ['incident.resolved', {}, {}, 'is still critical', 'est toujours critique'],
  ['incident.resolved', { level: null, retired: true }, {}, 'is not watched any more', 'n’est plus surveillé'],
  ['incident.triggered', {}, { flapping: true }, 'keeps crossing its limit', 'franchit sans cesse sa limite'],
  [
    'incident.triggered',
    { value: null, noDataSince: '2026-11-23T02:50:00.000Z' },
    {},
    'no data since 02:50',
    'aucune donnée depuis 02:50',
  ],
])('%s with %j and incident %j says what is so in both languages', (kind, rule, incident, english, french) => {
  expect(write(kind, rule, 'en', incident).headline).toContain(english)
  expect(write(kind, rule, 'fr', incident).headline).toContain(french)
})

test('a group is named by its values, and not by what its series lack', () => {
  expect([['mail'], ['fra1', 'mail'], ['', 'mail'], [''], []].map(nameGroup)).toEqual([
    'mail',
    'fra1, mail',
    'mail',
    '',
    '',
  ])
})

test('a message about a rule says since when, the value against its limit, how bad, what to do and what went live before', () => {
  const lines = write('incident.triggered').lines.map(({ label, value }) => `${label}: ${value}`)
  expect(lines).toEqual(
    expect.arrayContaining([
      expect.stringContaining('Since: '),
      expect.stringMatching(/^Found: 2.4\s*s, limit 2\s*s$/),
      'Severity: P0, critical',
      'Rule: Checkout',
      'Group: /pay',
      'Runbook: RB-001',
      expect.stringMatching(/^Last deployment: shop 3f1c9a2, 3\s*min before/),
    ]),
  )
})

test('a repetition says that it is one', () => {
  expect(write('incident.triggered', { isRepeated: true }).notes).toEqual([
    'Nobody has acknowledged it yet, so this is a reminder.',
  ])
})

test('a warning has no incident to open, and leads to its rule', () => {
  expect(write('alert.firing', { level: 'warning' }, 'en', null).button).toEqual({
    label: 'Open rule',
    url: RULE.pageUrl,
  })
})
