import { expect, test } from 'vitest'
import { createChannelCommands } from '../../../lib/adapters/supabase/channel-commands.ts'
import { createChannelReader } from '../../../lib/adapters/supabase/channel-reader.ts'
import { createPipelineStore } from '../../../lib/adapters/supabase/pipeline-store.ts'
import { systemClock } from '../../../lib/adapters/system/clock.ts'
import { createLog } from '../../../lib/adapters/system/log.ts'
import { systemRandom } from '../../../lib/adapters/system/random.ts'
import { createSecretBox } from '../../../lib/adapters/system/secret-box.ts'
import { sendTest } from '../../../lib/commands/channel/send-test.ts'
import { retryNotification } from '../../../lib/commands/notification/retry.ts'
import type { DeliveryResult } from '../../../lib/domain/delivery/result.ts'
import type { Role } from '../../../lib/domain/monitor/role.ts'
import type { OutgoingMessage } from '../../../lib/domain/notification/message.ts'
import { deliver } from '../../../lib/tasks/deliver.ts'
import { tellingWorld } from '../telling-world.ts'

const world = await tellingWorld()
const sent: OutgoingMessage[] = []

/** The real delivery over the real outbox, with this answer in place of a provider's. */
const deliverAs = (result: DeliveryResult) => () =>
  deliver({
    store: createPipelineStore(world.service, createLog('silent')),
    clock: systemClock,
    random: systemRandom,
    log: createLog('silent'),
    secretBox: createSecretBox('a key for tests'),
    sender: {
      send: async (message) => {
        sent.push(message)
        return result
      },
    },
    acknowledgeUrl: () => 'http://localhost/ack/x',
  })

const send = (role: Role, channelId: string, result: DeliveryResult) =>
  sendTest(
    {
      commands: createChannelCommands(world.clients[role]),
      reader: createChannelReader(world.clients[role]),
      clock: systemClock,
      deliverNow: deliverAs(result),
    },
    world.project,
    channelId,
  )

const delivered: DeliveryResult = { outcome: 'delivered', detail: 'Resend took it', providerId: 'r1', viaOutbox: false }
const rejected: DeliveryResult = { outcome: 'rejected', detail: 'Resend answered 422', statusCode: 422 }

test('a test is delivered at once, and says what the provider said', async () => {
  const channelId = await world.makeChannel('works')
  const answer = await send('admin', channelId, delivered)
  expect(answer).toMatchObject({
    ok: true,
    value: { status: 'delivered', detail: 'Resend took it', isInOutbox: false },
  })
  expect(sent.at(-1)).toMatchObject({ kind: 'test', data: { project: { slug: world.project.slug }, incident: null } })
})

test('a test that is refused shows the refusal, and can be sent again from its dead letter', async () => {
  const channelId = await world.makeChannel('refuses')
  const answer = await send('admin', channelId, rejected)
  expect(answer).toMatchObject({ ok: true, value: { status: 'failed', detail: 'Resend answered 422' } })
  const id = answer.ok ? answer.value.notificationId : ''
  const reader = createChannelReader(world.clients.viewer)
  expect(await reader.countDead(world.project.id)).toBe(1)

  const viewer = await retryNotification(createChannelCommands(world.clients.viewer), world.project.id, id)
  expect(viewer).toMatchObject({ ok: false, errors: [{ code: 'PT403' }] })
  const commands = createChannelCommands(world.clients.responder)
  expect(await retryNotification(commands, world.project.id, id)).toMatchObject({ ok: true })
  await deliverAs(delivered)()
  const found = await reader.findNotification(world.project.id, id)
  expect(found?.notification).toMatchObject({ status: 'delivered', attempt: 2 })
  expect(found?.deliveries.map(({ outcome }) => outcome)).toEqual(['rejected', 'delivered'])
  expect(
    new Set(sent.filter(({ notificationId }) => notificationId === id).map(({ timestamp }) => timestamp)).size,
  ).toBe(1)
  expect(await retryNotification(commands, world.project.id, id)).toMatchObject({
    ok: false,
    errors: [{ code: 'PT404' }],
  })
})

test('a message that is kept in the outbox is listed as such and not as arrived', async () => {
  const channelId = await world.makeChannel('kept')
  await send('admin', channelId, { outcome: 'delivered', detail: 'Kept.', providerId: null, viaOutbox: true })
  const reader = createChannelReader(world.clients.viewer)
  const channel = (await reader.listChannels(world.project.id)).find(({ id }) => id === channelId)
  expect(channel?.lastNotification).toMatchObject({ status: 'delivered', isInOutbox: true })
})

test.each(['viewer', 'responder'] as const)('a %s sends no test', async (role) => {
  const channelId = await world.makeChannel(`not-by-${role}`)
  expect(await send(role, channelId, delivered)).toMatchObject({ ok: false, errors: [{ code: 'PT403' }] })
  expect(await world.sql`select from public.notifications where channel_id = ${channelId}`).toHaveLength(0)
})
