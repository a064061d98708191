import { expect, test } from 'vitest'
import type { IncidentEvent, IncidentNotification } from '../../lib/ports/incident-reader.ts'
import { readTimeline } from '../../lib/queries/incident-timeline.ts'
import { titleIn } from '../../lib/queries/incident-title.ts'
import { groupByChannel } from '../../lib/queries/told-channels.ts'

const event = (given: Partial<IncidentEvent>): IncidentEvent => ({
  id: 1,
  at: 0,
  kind: 'note',
  actor: 'vigie',
  message: '',
  details: {},
  ...given,
})
const lineOf = (given: Partial<IncidentEvent>, names = new Map<string, string>()) =>
  readTimeline([event(given)], names)[0]

test.each([
  ['Shop is down', 'Shop est en panne'],
  ['18 of 20 monitors are down', '18 moniteurs sur 20 sont en panne'],
  ['A name that is down is down', 'A name that is down est en panne'],
  ['Opened by hand', 'Opened by hand'],
])('the title “%s” is read in French as “%s”', (title, french) => {
  expect(titleIn('fr', title)).toBe(french)
  expect(titleIn('en', title)).toBe(title)
})

test('a line of a kind that this version does not know is shown in its own words', () => {
  expect(lineOf({ kind: 'escalated', message: 'Told the second level.' })).toMatchObject({
    key: 'other',
    message: 'Told the second level.',
  })
})

test('a line names the person, and the program by no name', () => {
  expect(lineOf({ kind: 'acknowledged', actor: 'a@example.com' })?.person).toBe('a@example.com')
  expect(lineOf({ kind: 'opened', actor: 'vigie' })?.person).toBeNull()
})

test.each([
  ['priority_changed', { message: 'P1 → P0' }, { from: 'P1', to: 'P0' }],
  ['monitor_down', { message: 'Shop: answered 503.' }, { monitor: 'Shop' }],
  ['monitor_down', { message: 'no colon here' }, {}],
  ['not_told', { details: { code: 'disabled', channelId: 'c1' } }, { code: 'disabled', channel: 'Ops' }],
  [
    'notification_delivered',
    { details: { channel: 'Ops', kind: 'incident.triggered' } },
    { channel: 'Ops', kind: 'incident.triggered' },
  ],
])('%s carries what its sentence needs in any language', (kind, given, values) => {
  expect(lineOf({ kind, ...given } as Partial<IncidentEvent>, new Map([['c1', 'Ops']]))?.values).toEqual(values)
})

const told = (channel: string, id: string, status: IncidentNotification['status']): IncidentNotification => ({
  id,
  kind: 'incident.triggered',
  status,
  reason: '',
  attempt: 1,
  nextAttemptAt: null,
  deliveredAt: null,
  lastError: null,
  isInOutbox: false,
  channel: { id: channel, name: channel, kind: 'email' },
})

test('a channel is shown by what went wrong with it, else by its newest message', () => {
  const groups = groupByChannel([
    told('mail', '1', 'delivered'),
    told('hook', '2', 'dead'),
    told('mail', '3', 'delivered'),
    told('hook', '4', 'delivered'),
    told('sms', '5', 'pending'),
    told('sms', '6', 'delivered'),
  ])
  expect(groups.map(({ shown, count }) => [shown.channel.name, shown.id, count])).toEqual([
    ['mail', '3', 2],
    ['hook', '2', 2],
    ['sms', '5', 2],
  ])
})
