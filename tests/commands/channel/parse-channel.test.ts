import { expect, test } from 'vitest'
import { type ChannelDraft, parseChannel } from '../../../lib/commands/channel/parse-channel.ts'

const draft = (given: Partial<ChannelDraft>): ChannelDraft => ({
  key: 'ops',
  name: 'Ops',
  minSeverity: null,
  kind: 'email',
  to: ['ops@example.com'],
  url: '',
  secret: null,
  ...given,
})

test.each([
  ['email', {}, { config: { to: ['ops@example.com'] } }],
  ['sms', { to: ['+33612345678'] }, { config: { to: ['+33612345678'] } }],
  ['slack', { to: [] }, { config: {} }],
  ['webhook', { url: 'https://example.com/hook' }, { config: { url: 'https://example.com/hook' } }],
] as const)('a %s channel takes what its kind needs and nothing else', (kind, given, target) => {
  expect(parseChannel(draft({ kind, ...(given as Partial<ChannelDraft>) }))).toMatchObject({
    ok: true,
    value: { target: { kind, ...target }, secrets: null },
  })
})

test.each([
  ['an address without a domain', { to: ['ops@example.com', 'ops'] }, { field: 'to', code: 'invalid', given: 'ops' }],
  ['no address', { to: [] }, { field: 'to', code: 'missing' }],
  ['a national number', { kind: 'sms', to: ['0612345678'] }, { field: 'to', given: '0612345678' }],
  ['an address that is no URL', { kind: 'webhook', url: 'example.com' }, { field: 'url' }],
  ['a file address', { kind: 'webhook', url: 'file:///etc/passwd' }, { field: 'url' }],
  ['an empty name', { name: '  ' }, { field: 'name' }],
  ['a key with spaces', { key: 'on call' }, { field: 'key' }],
  ['a severity that does not exist', { minSeverity: 'awful' }, { field: 'minSeverity' }],
  ['a short signing secret', { kind: 'webhook', url: 'https://example.com', secret: 'short' }, { field: 'secret' }],
  ['a Slack address that is none', { kind: 'slack', secret: 'hooks.slack.com/x' }, { field: 'secret' }],
] as const)('%s is refused by its field', (_name, given, error) => {
  const parsed = parseChannel(draft(given as unknown as Partial<ChannelDraft>))
  expect(parsed).toMatchObject({ ok: false, errors: [error] })
})

test('every wrong field is named at once, each of them once', () => {
  const parsed = parseChannel(draft({ name: '', key: '?', to: ['a', 'b'] }))
  expect(parsed.ok ? [] : parsed.errors.map(({ field }) => field).sort()).toEqual(['key', 'name', 'to'])
})

test('a refused secret is not repeated in the error', () => {
  const parsed = parseChannel(draft({ kind: 'webhook', url: 'https://example.com', secret: 'hush' }))
  expect(JSON.stringify(parsed)).not.toContain('hush')
})

test('a secret is kept when nothing is said, set when given, and removed when emptied', () => {
  const webhook = { kind: 'webhook', url: 'https://example.com' } as const
  const secretsOf = (secret: string | null) => {
    const parsed = parseChannel(draft({ ...webhook, secret }))
    return parsed.ok ? parsed.value.secrets : 'refused'
  }
  expect(secretsOf(null)).toBeNull()
  expect(secretsOf('whsec_abcdefgh')).toEqual({ signingSecret: 'whsec_abcdefgh' })
  expect(secretsOf('')).toEqual({})
})
