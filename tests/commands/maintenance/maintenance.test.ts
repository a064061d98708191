import { expect, test } from 'vitest'
import { createMuteCommands } from '../../../lib/adapters/supabase/mute-commands.ts'
import { createMuteReader } from '../../../lib/adapters/supabase/mute-reader.ts'
import { cancelMaintenance } from '../../../lib/commands/maintenance/cancel.ts'
import { endMaintenance } from '../../../lib/commands/maintenance/end.ts'
import { type MaintenanceDraft, saveMaintenance } from '../../../lib/commands/maintenance/save.ts'
import { setDeployMute } from '../../../lib/commands/maintenance/set-deploy-mute.ts'
import { DAY, HOUR, type Instant, MINUTE } from '../../../lib/domain/time/instant.ts'
import { readCalendar, readPlans } from '../../../lib/queries/maintenance.ts'
import { useFakeClock as replaceDatabaseClock } from '../../support/postgres.ts'
import { monitorWorld } from '../monitor/world.ts'

const world = await monitorWorld()
/** Monday, 10:00 in Paris. */
const NOW = Date.UTC(2026, 10, 23, 9)
const clock = await replaceDatabaseClock(world.sql, NOW)
const reader = createMuteReader(world.clients.viewer)
const DRAFT: MaintenanceDraft = {
  name: 'Upgrade',
  description: '',
  scope: { kind: 'project' },
  timeZone: 'Europe/Paris',
  startDate: '2026-11-24',
  startTimeMs: 2 * HOUR,
  durationMs: HOUR,
  recurrence: null,
  announced: false,
}
type Role = 'viewer' | 'responder' | 'admin'
const commandsOf = (role: Role) => createMuteCommands(world.clients[role])
const save = (draft: Partial<MaintenanceDraft>, id: string | null = null, now = NOW, role: Role = 'admin') =>
  saveMaintenance(commandsOf(role), world.projectId, id, { ...DRAFT, ...draft }, now)
async function plan(draft: Partial<MaintenanceDraft>, id: string | null = null, now = NOW): Promise<string> {
  const saved = await save(draft, id, now)
  if (!saved.ok) throw new Error(saved.errors[0]?.message)
  return saved.value
}
const timesOf = async (id: string, from: Instant = 0) =>
  (await reader.listOccurrences(world.projectId, from, NOW + 400 * DAY))
    .filter(({ windowId }) => windowId === id)
    .map(({ startsAt, endsAt }) => [startsAt, endsAt])

test('a plan is stored with its times for months ahead, on the clocks of its zone', async () => {
  const id = await plan({ recurrence: 'FREQ=WEEKLY;BYDAY=TU,SA' })
  const times = await timesOf(id)
  expect(times.slice(0, 2)).toEqual([
    [Date.UTC(2026, 10, 24, 1), Date.UTC(2026, 10, 24, 2)],
    [Date.UTC(2026, 10, 28, 1), Date.UTC(2026, 10, 28, 2)],
  ])
  expect(times.at(-1)?.[0]).toBeGreaterThan(NOW + 95 * DAY)
  const [first] = await readPlans(reader, world.projectId, NOW)
  expect(first).toMatchObject({ id, next: { startsAt: Date.UTC(2026, 10, 24, 1), stage: 'scheduled' } })
  const calendar = await readCalendar(reader, { id: world.projectId, timeZone: 'Europe/Paris' }, '2026-11', NOW)
  expect(calendar.weeks.flat().filter(({ occurrences }) => occurrences.length > 0)).toMatchObject([
    { date: '2026-11-24', isInMonth: true },
    { date: '2026-11-28', isInMonth: true },
    { date: '2026-12-01', isInMonth: false },
    { date: '2026-12-05', isInMonth: false },
  ])
  expect(calendar.occurrences).toHaveLength(2)
})

test('a change moves what is to come; what took place stays as it was', async () => {
  await clock.set(NOW)
  const id = await plan({ recurrence: 'FREQ=DAILY', name: 'Backup' })
  const later = NOW + 2 * DAY
  await clock.set(later)
  await plan(
    { recurrence: 'FREQ=DAILY', name: 'Backup', startTimeMs: 5 * HOUR, scope: { kind: 'tags', tags: ['db'] } },
    id,
    later,
  )
  const rows = await reader.listOccurrences(world.projectId, 0, later + 2 * DAY)
  const own = rows.filter(({ windowId }) => windowId === id)
  expect(own.map(({ startsAt, scope }) => [new Date(startsAt).getUTCHours(), scope.kind])).toEqual([
    [1, 'project'],
    [1, 'project'],
    [4, 'tags'],
    [4, 'tags'],
  ])
})

test('one that runs may be ended early, its next times stay; cancelling takes those away, too', async () => {
  await clock.set(NOW)
  const id = await plan({
    startDate: '2026-11-23',
    startTimeMs: 9.5 * HOUR,
    durationMs: 2 * HOUR,
    recurrence: 'FREQ=DAILY',
  })
  // It should have begun half an hour ago: what was seen meanwhile stays counted.
  expect((await timesOf(id))[0]).toEqual([NOW, NOW + 1.5 * HOUR])
  const soon = NOW + 10 * MINUTE
  await clock.set(soon)
  expect(await endMaintenance(commandsOf('responder'), world.projectId, id)).toEqual({ ok: true, value: null })
  expect((await timesOf(id))[0]).toEqual([NOW, soon])
  expect(await endMaintenance(commandsOf('responder'), world.projectId, id)).toMatchObject({ ok: false })
  expect((await timesOf(id, soon)).length).toBeGreaterThan(90)
  expect(await cancelMaintenance(commandsOf('admin'), world.projectId, id)).toEqual({ ok: true, value: null })
  expect(await timesOf(id)).toEqual([[NOW, soon]])
  expect(await reader.findMaintenance(world.projectId, id)).toBeNull()
  expect(await cancelMaintenance(commandsOf('admin'), world.projectId, id)).toMatchObject({ ok: false })
})

test('a running one that is moved away ends now', async () => {
  await clock.set(NOW)
  const id = await plan({ startDate: '2026-11-23', startTimeMs: 9.5 * HOUR, durationMs: 2 * HOUR })
  const soon = NOW + 10 * MINUTE
  await clock.set(soon)
  await plan({ startDate: '2026-11-25' }, id, soon)
  expect(await timesOf(id)).toEqual([
    [NOW, soon],
    [Date.UTC(2026, 10, 25, 1), Date.UTC(2026, 10, 25, 2)],
  ])
})

test.each<[string, Partial<MaintenanceDraft>, string]>([
  ['no name', { name: ' ' }, 'name'],
  ['a day that is none', { startDate: '2026-02-30' }, 'startDate'],
  ['a time that is none', { startTimeMs: Number.NaN }, 'startTime'],
  ['no length', { durationMs: Number.NaN }, 'duration'],
  ['more than a week', { durationMs: 8 * DAY }, 'duration'],
  ['a zone that is none', { timeZone: 'Mars/Base' }, 'timeZone'],
  ['a rule by the hour', { recurrence: 'FREQ=HOURLY' }, 'recurrence'],
  ['no tag', { scope: { kind: 'tags', tags: [] } }, 'tags'],
  ['no monitor', { scope: { kind: 'monitors', keys: [] } }, 'keys'],
  ['what is over', { startDate: '2026-11-22' }, 'startDate'],
  ['a rule that ended', { startDate: '2026-01-01', recurrence: 'FREQ=DAILY;COUNT=3' }, 'startDate'],
])('%s is refused at its field, and nothing is stored', async (_name, draft, field) => {
  await clock.set(NOW)
  const count = async () => Number((await world.sql`select count(*) as n from public.maintenance_windows`)[0]?.n)
  const before = await count()
  const refused = await save(draft)
  expect(refused.ok ? [] : refused.errors.map((error) => error.field)).toContain(field)
  expect(await count()).toBe(before)
})

test.each(['viewer', 'responder'] as const)('a %s plans nothing and cancels nothing', async (role) => {
  await clock.set(NOW)
  const id = await plan({})
  expect(await save({}, null, NOW, role)).toMatchObject({ ok: false, errors: [{ code: 'PT403' }] })
  expect(await cancelMaintenance(commandsOf(role), world.projectId, id)).toMatchObject({
    ok: false,
    errors: [{ code: 'PT403' }],
  })
})

test('an admin sets what deployments do; nonsense and a responder change nothing', async () => {
  const set = (muteSeconds: string, role: Role = 'admin') =>
    setDeployMute(commandsOf(role), world.projectId, { muteSeconds, soakMinutes: '30' })
  expect(await reader.readDeployMute(world.projectId)).toEqual({ muteSeconds: 0, soakMinutes: 15 })
  expect(await set('120')).toEqual({ ok: true, value: true })
  expect(await set('120')).toEqual({ ok: true, value: false })
  for (const wrong of ['', '-1', '3601', 'soon'])
    expect(await set(wrong)).toMatchObject({ ok: false, errors: [{ field: 'muteSeconds' }] })
  expect(await set('60', 'responder')).toMatchObject({ ok: false, errors: [{ code: 'PT403' }] })
  expect(await reader.readDeployMute(world.projectId)).toEqual({ muteSeconds: 120, soakMinutes: 30 })
})
