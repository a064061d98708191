import { expect, test } from 'vitest'
import { createIncidentCommands } from '../../../lib/adapters/supabase/incident-commands.ts'
import { createIncidentReader } from '../../../lib/adapters/supabase/incident-reader.ts'
import { acknowledgeIncident } from '../../../lib/commands/incident/acknowledge.ts'
import { addIncidentNote } from '../../../lib/commands/incident/add-note.ts'
import { changeIncidentPriority } from '../../../lib/commands/incident/change-priority.ts'
import { resolveIncident } from '../../../lib/commands/incident/resolve.ts'
import { readIncident } from '../../../lib/queries/incident.ts'
import { tellingWorld } from '../telling-world.ts'

const world = await tellingWorld()
const as = (role: 'viewer' | 'responder') => createIncidentCommands(world.clients[role])
const statusOf = async (id: string) =>
  (await world.sql<{ status: string }[]>`select status from public.incidents where id = ${id}`)[0]?.status

test('a responder acknowledges, and the second one to do so changes nothing', async () => {
  const { id } = await world.makeIncident('Shop is down')
  expect(await acknowledgeIncident(as('responder'), id)).toMatchObject({ ok: true, value: { changed: true } })
  const again = await acknowledgeIncident(createIncidentCommands(world.clients.owner), id)
  expect(again).toMatchObject({
    ok: true,
    value: { changed: false, acknowledgedBy: world.people.responder.email },
  })
})

test.each([
  ['acknowledge', acknowledgeIncident],
  ['resolve', (commands, id) => resolveIncident(commands, id, '')],
  ['note', (commands, id) => addIncidentNote(commands, id, 'looking')],
  ['priority', (commands, id) => changeIncidentPriority(commands, id, 'P0')],
] as const satisfies [string, typeof acknowledgeIncident][])('a viewer may not %s', async (_name, act) => {
  const { id } = await world.makeIncident('Shop is down')
  expect(await act(as('viewer'), id)).toMatchObject({ ok: false, errors: [{ code: 'PT403' }] })
  expect(await statusOf(id)).toBe('triggered')
})

test('to a stranger the incident does not exist', async () => {
  const { id } = await world.makeIncident('Shop is down')
  const answer = await acknowledgeIncident(createIncidentCommands(world.outsider), id)
  expect(answer).toMatchObject({ ok: false, errors: [{ code: 'PT404' }] })
  expect(await readIncident(createIncidentReader(world.outsider), world.project.id, { id }, Date.now())).toBeNull()
})

test('an empty note is refused by its field and leaves no line', async () => {
  const { id } = await world.makeIncident('Shop is down')
  expect(await addIncidentNote(as('responder'), id, '  \n ')).toMatchObject({ ok: false, errors: [{ field: 'note' }] })
  expect(await addIncidentNote(as('responder'), id, 'x'.repeat(4_001))).toMatchObject({ ok: false })
  expect(await world.sql`select from public.incident_events where incident_id = ${id}`).toHaveLength(0)
})

test('an unknown priority is refused before it reaches the database', async () => {
  const { id } = await world.makeIncident('Shop is down')
  expect(await changeIncidentPriority(as('responder'), id, 'P9')).toMatchObject({ errors: [{ field: 'priority' }] })
})

test('what people did stands in the timeline, the newest last, under number and id alike', async () => {
  const { id, number } = await world.makeIncident('Shop is down')
  await acknowledgeIncident(as('responder'), id)
  await addIncidentNote(as('responder'), id, 'Rolled back.')
  await changeIncidentPriority(as('responder'), id, 'P0')
  await resolveIncident(as('responder'), id, 'It was the pool.')
  const reader = createIncidentReader(world.clients.viewer)
  const view = await readIncident(reader, world.project.id, { number }, Date.now())
  expect(view?.timeline.map(({ key }) => key)).toEqual(['acknowledged', 'note', 'priority_changed', 'resolved'])
  expect(view?.timeline[2]?.values).toEqual({ from: 'P1', to: 'P0' })
  expect(view?.timeline.every(({ person }) => person === world.people.responder.email)).toBe(true)
  expect(view?.resolveClock.until).not.toBeNull()
  expect((await readIncident(reader, world.project.id, { id }, Date.now()))?.incident.number).toBe(number)
})
