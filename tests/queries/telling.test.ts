import { expect, test } from 'vitest'
import { MINUTE } from '../../lib/domain/time/instant.ts'
import type { ChannelReader } from '../../lib/ports/channel-reader.ts'
import type { Installation, InstallationFacts } from '../../lib/ports/installation.ts'
import type { SettingsReader, TaskPulse } from '../../lib/ports/settings-reader.ts'
import { listChanges } from '../../lib/queries/audit.ts'
import { destinationOf } from '../../lib/queries/channels.ts'
import { countSegments } from '../../lib/queries/outbox.ts'
import { readSetup } from '../../lib/queries/setup.ts'

test.each([
  ['a'.repeat(160), 1, 'GSM-7'],
  ['a'.repeat(161), 2, 'GSM-7'],
  ['a'.repeat(306), 2, 'GSM-7'],
  ['a'.repeat(307), 3, 'GSM-7'],
  ['{'.repeat(80), 1, 'GSM-7'],
  ['я'.repeat(70), 1, 'UCS-2'],
  ['я'.repeat(71), 2, 'UCS-2'],
  ['я'.repeat(135), 3, 'UCS-2'],
])('an SMS is counted as it is billed (3GPP TS 23.038): case %#', (text, segments, encoding) => {
  expect(countSegments(text)).toMatchObject({ segments, encoding })
})

test('of a changed object only the leaves that differ are listed', () => {
  const from = { url: 'https://a', expect: { status: ['2xx'], latencyMs: 500 } }
  const to = { url: 'https://a', expect: { status: ['2xx', '301'], latencyMs: 500 }, body: 'x' }
  expect(listChanges({ config: { from, to }, secret: 'changed' })).toEqual([
    { field: 'config.expect.status', from: '2xx', to: '2xx, 301' },
    { field: 'config.body', from: '–', to: 'x' },
    { field: 'secret', from: null, to: 'changed' },
  ])
})

const facts: InstallationFacts = {
  isLocal: false,
  url: 'https://vigie.example.com',
  databaseHost: 'x.supabase.co',
  resendFrom: null,
  twilioFrom: null,
  hasSlackAddress: false,
  hasSentry: false,
  hasDeadman: false,
  allowTargets: [],
  platform: 'vercel',
}

test.each([
  ['email', false, {}, 'outbox'],
  ['email', false, { resendFrom: 'a@example.com' }, 'provider'],
  ['sms', false, { twilioFrom: '+1' }, 'provider'],
  ['slack', false, {}, 'outbox'],
  ['slack', true, {}, 'provider'],
  ['slack', false, { hasSlackAddress: true }, 'provider'],
  ['webhook', false, {}, 'direct'],
] as const)(
  'messages of a channel of kind %s end up where the sender puts them: case %#',
  (kind, hasSecret, given, to) => {
    expect(destinationOf({ kind, hasSecret }, { ...facts, ...given })).toBe(to)
  },
)

const NOW = Date.UTC(2026, 10, 21)
const pulse = (given: Partial<TaskPulse>): TaskPulse => ({
  task: 'tick',
  startedAt: NOW - MINUTE / 2,
  finishedAt: null,
  lastSuccessAt: NOW - MINUTE,
  lastError: null,
  ...given,
})

async function setupWith(pulses: TaskPulse[], installation: Partial<Installation> = {}, channels: object[] = []) {
  const { items, problems } = await readSetup(
    {
      installation: { problems: [], facts, ...installation } as Installation,
      settings: { listPulses: async () => pulses, listMembers: async () => [] } as unknown as SettingsReader,
      channels: { listChannels: async () => channels } as unknown as ChannelReader,
    },
    'p',
    NOW,
  )
  return { problems, stateOf: (name: string) => items.find((item) => item.name === name)?.state }
}

test.each([
  ['never ran', [], 'missing'],
  ['ran a minute ago', [pulse({})], 'done'],
  [
    'has been silent for ten minutes',
    [pulse({ startedAt: NOW - 10 * MINUTE, lastSuccessAt: NOW - 10 * MINUTE })],
    'attention',
  ],
  ['failed last time', [pulse({ lastError: 'no connection' })], 'attention'],
])('a scheduler that %s is told as such', async (_name, pulses, state) => {
  expect((await setupWith(pulses)).stateOf('scheduler')).toBe(state)
})

test('without a channel that is switched on, nobody would be told, and the list says so', async () => {
  const off = { name: 'Ops', enabled: false }
  expect((await setupWith([], {}, [off])).stateOf('channel')).toBe('missing')
  expect((await setupWith([], {}, [off, { name: 'Mail', enabled: true }])).stateOf('channel')).toBe('done')
})

test('an address that is not encrypted deserves a look, except on this machine', async () => {
  const plain = { ...facts, url: 'http://vigie.example.com' }
  expect((await setupWith([], { facts: plain })).stateOf('url')).toBe('attention')
  expect((await setupWith([], { facts: { ...plain, isLocal: true } })).stateOf('url')).toBe('done')
})

test('an incomplete environment is listed, and what cannot be known is left out', async () => {
  const problems = [{ name: 'CRON_SECRET', message: 'is missing' }]
  const setup = await setupWith([], { facts: null, problems })
  expect(setup.problems).toEqual(problems)
  expect(setup.stateOf('resend')).toBeUndefined()
  expect(setup.stateOf('scheduler')).toBe('missing')
})
