import { expect, test } from 'vitest'
import { createAcknowledgeSigner } from '../../../lib/adapters/channels/sign-acknowledge.ts'
import { createAcknowledgeLinkStore } from '../../../lib/adapters/supabase/acknowledge-link.ts'
import { acknowledgeFromLink } from '../../../lib/commands/incident/acknowledge-from-link.ts'
import { HOUR } from '../../../lib/domain/time/instant.ts'
import { readAcknowledgeLink } from '../../../lib/queries/acknowledge-link.ts'
import { tellingWorld } from '../telling-world.ts'

const world = await tellingWorld()
const channelId = await world.makeChannel('ops')
const verifier = createAcknowledgeSigner('a key that signs links in tests')
const deps = { verifier, store: createAcknowledgeLinkStore(world.service) }
const now = Date.now()
const statusOf = async (id: string) =>
  (await world.sql<{ status: string }[]>`select status from public.incidents where id = ${id}`)[0]?.status

test('opening a link shows the incident and changes nothing, however often it is opened', async () => {
  const { id } = await world.makeIncident('Shop is down')
  const token = verifier.sign(id, channelId, now + HOUR)
  for (let opened = 0; opened < 3; opened += 1) {
    expect(await readAcknowledgeLink(deps, token, now)).toMatchObject({
      state: 'found',
      incident: {
        title: 'Shop is down',
        status: 'triggered',
        channelName: 'ops',
        project: { slug: world.project.slug },
      },
    })
  }
  expect(await statusOf(id)).toBe('triggered')
})

test('pressing the button acknowledges in the name of the channel, once', async () => {
  const { id } = await world.makeIncident('Shop is down')
  const token = verifier.sign(id, channelId, now + HOUR)
  expect(await acknowledgeFromLink(deps, token, now)).toMatchObject({
    ok: true,
    incident: { changed: true, acknowledgedBy: 'ops (link)' },
  })
  expect(await acknowledgeFromLink(deps, token, now)).toMatchObject({ ok: true, incident: { changed: false } })
  const lines = await world.sql`select from public.incident_events where incident_id = ${id} and kind = 'acknowledged'`
  expect(lines).toHaveLength(1)
})

test.each([
  ['expired', (token: string) => token, now - 1],
  ['invalid', (token: string) => `${token.slice(0, -2)}xy`, now + HOUR],
  ['invalid', () => 'nonsense', now + HOUR],
] as const)('a link that is %s acknowledges nothing and says so', async (reason, spoil, expiresAt) => {
  const { id } = await world.makeIncident('Shop is down')
  const token = spoil(verifier.sign(id, channelId, expiresAt))
  expect(await readAcknowledgeLink(deps, token, now)).toEqual({ state: reason })
  expect(await acknowledgeFromLink(deps, token, now)).toEqual({ ok: false, reason })
  expect(await statusOf(id)).toBe('triggered')
})

test('a link signed with another key is worth nothing', async () => {
  const { id } = await world.makeIncident('Shop is down')
  const forged = createAcknowledgeSigner('some other key of the same length').sign(id, channelId, now + HOUR)
  expect(await acknowledgeFromLink(deps, forged, now)).toEqual({ ok: false, reason: 'invalid' })
  expect(await statusOf(id)).toBe('triggered')
})

test('the link of a deleted incident says that it is gone', async () => {
  const { id } = await world.makeIncident('Shop is down')
  const token = verifier.sign(id, channelId, now + HOUR)
  await world.sql`delete from public.incidents where id = ${id}`
  expect(await readAcknowledgeLink(deps, token, now)).toEqual({ state: 'gone' })
  expect(await acknowledgeFromLink(deps, token, now)).toEqual({ ok: false, reason: 'gone' })
})
