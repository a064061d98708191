import { expect, test } from 'vitest'
import { type EnvironmentVariables, parseEnvironment } from '../../lib/wiring/environment.ts'

const complete: EnvironmentVariables = {
  SUPABASE_URL: 'https://ref.supabase.co/',
  SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_x',
  SUPABASE_SECRET_KEY: 'sb_secret_x',
  CRON_SECRET: 'sixteen-or-more-letters',
  VIGIE_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
  VIGIE_URL: 'https://vigie.example.com',
}

const errorsOf = (extra: EnvironmentVariables): string[] => {
  const parsed = parseEnvironment({ ...complete, ...extra })
  return parsed.ok ? [] : parsed.errors.map(({ name, message }) => `${name} ${message}`)
}

test('a complete environment needs no integration, and an empty variable counts as absent', () => {
  expect(parseEnvironment({ ...complete, RESEND_API_KEY: '', SENTRY_DSN: ' ' })).toMatchObject({
    ok: true,
    value: {
      supabaseUrl: 'https://ref.supabase.co',
      isLocal: false,
      allowTargets: [],
      resend: null,
      twilio: null,
      sentry: { dsn: null },
      logLevel: 'info',
    },
  })
})

test('every missing variable is named, not only the first one', () => {
  const parsed = parseEnvironment({})
  expect(parsed.ok ? [] : parsed.errors).toEqual(Object.keys(complete).map((name) => ({ name, message: 'is missing' })))
})

test.each<[string, EnvironmentVariables, string]>([
  ['an address without a scheme', { VIGIE_URL: 'vigie.example.com' }, 'VIGIE_URL should be an address such as'],
  ['an address that is no web address', { VIGIE_DEADMAN_URL: 'ftp://x.y' }, 'VIGIE_DEADMAN_URL should be an address'],
  ['a short secret', { CRON_SECRET: 'short' }, 'CRON_SECRET should have at least 16 characters'],
  [
    'a key that is not 32 bytes',
    { VIGIE_SECRET_KEY: 'c2hvcnQ=' },
    'VIGIE_SECRET_KEY should be 32 random bytes in base64',
  ],
  [
    'an address where a range belongs',
    { VIGIE_ALLOW_TARGETS: '10.0.0.1' },
    'VIGIE_ALLOW_TARGETS should be address ranges',
  ],
  ['an unknown log level', { LOG_LEVEL: 'loud' }, 'LOG_LEVEL should be one of silent, error, warn, info, debug'],
  ['a Twilio account without the rest', { TWILIO_ACCOUNT_SID: 'AC1' }, 'TWILIO_AUTH_TOKEN is missing'],
  ['a Twilio SID of another kind', { TWILIO_ACCOUNT_SID: 'SK1' }, 'TWILIO_ACCOUNT_SID should be a Twilio account SID'],
  ['a DSN that is no address', { SENTRY_DSN: 'key' }, 'SENTRY_DSN should be the DSN of a Sentry project'],
])('%s is refused with what it should be', (_, extra, message) => {
  expect(errorsOf(extra).join('\n')).toContain(message)
})

test('no message repeats a value, which may be a secret', () => {
  const told = errorsOf({ CRON_SECRET: 'hunter2', VIGIE_SECRET_KEY: 'hunter2', VIGIE_API_KEY: 'hunter2' }).join()
  expect(told).toContain('VIGIE_API_KEY')
  expect(told).not.toContain('hunter2')
})

test('the names that the Supabase integration of Vercel sets are understood', () => {
  const { SUPABASE_URL, SUPABASE_SECRET_KEY, SUPABASE_PUBLISHABLE_KEY, VIGIE_URL, ...rest } = complete
  const parsed = parseEnvironment({
    ...rest,
    NEXT_PUBLIC_SUPABASE_URL: SUPABASE_URL,
    SUPABASE_SERVICE_ROLE_KEY: SUPABASE_SECRET_KEY,
    SUPABASE_ANON_KEY: SUPABASE_PUBLISHABLE_KEY,
    VERCEL_PROJECT_PRODUCTION_URL: 'vigie.vercel.app',
  })
  expect(parsed).toMatchObject({
    ok: true,
    value: {
      supabaseUrl: 'https://ref.supabase.co',
      supabaseSecretKey: 'sb_secret_x',
      url: 'https://vigie.vercel.app',
    },
  })
})

test('providers are configured as a whole', () => {
  const parsed = parseEnvironment({
    ...complete,
    RESEND_API_KEY: 're_x',
    TWILIO_ACCOUNT_SID: 'AC1',
    TWILIO_AUTH_TOKEN: 'token',
    TWILIO_FROM: '+33100000000',
    TWILIO_BASE_URL: 'http://127.0.0.1:9/',
    VIGIE_ALLOW_TARGETS: '127.0.0.0/8, ::1/128',
  })
  expect(parsed).toMatchObject({
    ok: true,
    value: {
      resend: { apiKey: 're_x', from: 'Vigie <onboarding@resend.dev>', baseUrl: null },
      twilio: { accountSid: 'AC1', from: '+33100000000', baseUrl: 'http://127.0.0.1:9' },
      allowTargets: ['127.0.0.0/8', '::1/128'],
    },
  })
})
