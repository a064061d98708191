import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createIncidentReader } from '../../lib/adapters/supabase/incident-reader.ts'
import { readIncidents } from '../../lib/queries/incidents.ts'
import { tellingWorld } from '../commands/telling-world.ts'

const world = await tellingWorld()
const { id: projectId } = world.project
const reader = createIncidentReader(world.clients.viewer)
const all = { status: 'all', priority: null, below: null, above: null } as const

/** Numbers 1 to 120 are over, 121 to 124 are open. */
for (let number = 1; number <= 124; number += 1) await world.makeIncident(`Monitor ${randomUUID()} is down`)
await world.sql`update public.incidents set status = 'resolved', resolved_at = now(), resolved_by = 'vigie' where number <= 120`
await world.sql`update public.incidents set priority = 'P0' where number in (5, 123)`
await world.sql`update public.incidents set status = 'acknowledged' where number = 122`

test('what is open stands first, the worst at the top, and what is over follows by number', async () => {
  const list = await readIncidents(reader, projectId, all)
  expect(list.open.map(({ number }) => number)[0]).toBe(123)
  expect(list.open).toHaveLength(4)
  expect(list).toMatchObject({ openCount: 4, unacknowledgedCount: 3 })
  expect(list.resolved?.rows.map(({ number }) => number)).toEqual(Array.from({ length: 50 }, (_, index) => 120 - index))
  expect(list.resolved).toMatchObject({ newerAbove: null, olderBelow: 71 })
})

test('older pages do not repeat what is open, and lead back', async () => {
  const second = await readIncidents(reader, projectId, { ...all, below: 71 })
  expect(second.open).toEqual([])
  expect(second.resolved).toMatchObject({ newerAbove: 70, olderBelow: 21 })
  const last = await readIncidents(reader, projectId, { ...all, below: 21 })
  expect(last.resolved?.rows.map(({ number }) => number).at(-1)).toBe(1)
  expect(last.resolved?.olderBelow).toBeNull()
})

test.each([
  ['triggered', null, [123, 121, 124], null],
  ['acknowledged', null, [122], null],
  ['all', 'P0', [123], [5]],
  ['resolved', 'P0', [], [5]],
] as const)('the filter %s and %s shows what it says', async (status, priority, open, resolved) => {
  const list = await readIncidents(reader, projectId, { ...all, status, priority })
  expect(list.open.map(({ number }) => number)).toEqual(open)
  expect(list.resolved?.rows.map(({ number }) => number) ?? null).toEqual(resolved)
  expect(list.openCount).toBe(4)
})

test('to a stranger the list is empty', async () => {
  const list = await readIncidents(createIncidentReader(world.outsider), projectId, all)
  expect(list).toMatchObject({ open: [], openCount: 0, resolved: { rows: [] } })
})
