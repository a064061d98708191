import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../../../lib/adapters/system/clock.ts'
import { createInstallation } from '../../../lib/adapters/system/installation.ts'
import { systemRandom } from '../../../lib/adapters/system/random.ts'
import { testInstallation } from '../../../lib/commands/installation/test.ts'
import type { MailMessage } from '../../../lib/ports/channel.ts'
import type { InstallationTest } from '../../../lib/ports/installation.ts'

const mail = { to: 'me@example.com', projectId: 'p', subject: 'Test', text: 'a < b' }
const mails: MailMessage[] = []

async function installationAt(status: number) {
  const server = createServer((_request, response) => response.writeHead(status).end('{}'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return createInstallation({
    problems: [],
    facts: {
      isLocal: true,
      url,
      databaseHost: '127.0.0.1',
      resendFrom: null,
      twilioFrom: null,
      hasSlackAddress: false,
      hasSentry: false,
      hasDeadman: false,
      allowTargets: [],
      platform: 'local',
    },
    database: { url, key: 'sb_secret_hush' },
    mailer: {
      send: async (sent) => {
        mails.push(sent)
        return { outcome: 'delivered', detail: 'Kept in the outbox.', providerId: null, viaOutbox: true }
      },
    },
    pingDeadman: null,
    clock: systemClock,
    random: systemRandom,
  })
}

test.each([
  [200, true, true],
  [503, false, true],
  [404, false, false],
])('an answer of %i tells whether database and address are right', async (status, isDatabaseFine, isUrlFine) => {
  const installation = await installationAt(status)
  const database = await testInstallation(installation, 'admin', 'database', mail)
  const address = await testInstallation(installation, 'admin', 'url', mail)
  expect(database).toMatchObject({ ok: true, value: { ok: isDatabaseFine } })
  expect(address).toMatchObject({ ok: true, value: { ok: isUrlFine } })
  expect(JSON.stringify([database, address])).toContain(`Answered ${status}`)
  expect(JSON.stringify([database, address])).not.toContain('hush')
})

test('a test mail goes to whoever asked, its text escaped', async () => {
  await testInstallation(await installationAt(200), 'owner', 'mail', mail)
  expect(mails.at(-1)).toMatchObject({ to: ['me@example.com'], html: expect.stringContaining('a &lt; b') })
})

test('what is not configured says so instead of failing', async () => {
  const answer = await testInstallation(await installationAt(200), 'admin', 'deadman', mail)
  expect(answer).toMatchObject({ ok: true, value: { ok: false, detail: 'VIGIE_DEADMAN_URL is not configured.' } })
})

test.each(['viewer', 'responder'] as const)('a %s tries nothing out', async (role) => {
  const before = mails.length
  const answer = await testInstallation(await installationAt(200), role, 'mail', mail)
  expect(answer).toMatchObject({ ok: false, errors: [{ code: 'PT403' }] })
  expect(mails).toHaveLength(before)
})

test('a part that does not exist is refused', async () => {
  const answer = await testInstallation(await installationAt(200), 'admin', 'toString' as InstallationTest, mail)
  expect(answer).toMatchObject({ ok: false, errors: [{ code: 'PT422' }] })
})
