import { expect, test } from 'vitest'
import { parseLocalEnvironment } from '../../lib/local/environment.ts'

test('nothing needs to be set', () => {
  expect(parseLocalEnvironment({})).toEqual({
    ok: true,
    value: {
      port: 3000,
      dataDirectory: '.vigie',
      isDataDirectoryChosen: false,
      adminEmail: 'admin@vigie.local',
      isAdminEmailChosen: false,
      adminPassword: null,
    },
  })
})

test('what was set is taken, the address in lower case', () => {
  const parsed = parseLocalEnvironment({ PORT: '8080', VIGIE_DATA_DIR: '/data', VIGIE_ADMIN_EMAIL: 'Me@Example.com' })
  expect(parsed).toMatchObject({
    ok: true,
    value: { port: 8080, dataDirectory: '/data', isDataDirectoryChosen: true, adminEmail: 'me@example.com' },
  })
})

test.each([
  ['PORT', 'http', 'should be a port number from 1 to 65535'],
  ['PORT', '0', 'should be a port number from 1 to 65535'],
  ['PORT', '3000.5', 'should be a port number from 1 to 65535'],
  ['VIGIE_ADMIN_EMAIL', 'me', 'should be an e-mail address'],
  ['VIGIE_ADMIN_PASSWORD', 'short', 'should have at least 8 characters'],
  ['VIGIE_CONFIG', '/no/such/vigie.yaml', 'should be the path of a readable file'],
  ['VIGIE_ALLOW_TARGETS', 'localhost', 'should be address ranges'],
  ['CRON_SECRET', 'short', 'should have at least 16 characters'],
])('%s=%s is refused with what it should be', (name, value, message) => {
  const parsed = parseLocalEnvironment({ [name]: value })
  expect(parsed.ok ? [] : parsed.errors).toEqual([{ name, message: expect.stringContaining(message) }])
})

test('wrong values of the stack and of the product are told together', () => {
  const parsed = parseLocalEnvironment({ PORT: 'x', LOG_LEVEL: 'loud' })
  expect(parsed.ok ? [] : parsed.errors.map(({ name }) => name)).toEqual(['PORT', 'LOG_LEVEL'])
})
