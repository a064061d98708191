import { expect, test } from 'vitest'
import { createMaintenanceStore } from '../../lib/adapters/supabase/maintenance-store.ts'
import { DAY, HOUR, type Instant, toIso } from '../../lib/domain/time/instant.ts'
import { planMaintenance } from '../../lib/tasks/plan-maintenance.ts'
import { useFakeClock as replaceDatabaseClock } from '../support/postgres.ts'
import { testStack } from '../support/stack.ts'

const stack = await testStack()
const { sql } = stack
const NOW = Date.UTC(2026, 10, 23, 9)
await replaceDatabaseClock(sql, NOW)
const [project] = await sql<{ id: string }[]>`
  insert into public.projects (slug, name) values ('shop', 'Shop') returning id`

async function addWindow(recurrence: string | null, plannedUntil: Instant, cancelled = false): Promise<string> {
  const [row] = await sql<{ id: string }[]>`
    insert into public.maintenance_windows
      (project_id, name, scope_kind, time_zone, start_date, start_time_ms, duration_ms, recurrence, author, planned_until, cancelled_at)
    values (${project?.id ?? ''}, 'Backup', 'project', 'UTC', '2026-11-01', 0, ${HOUR}, ${recurrence}, 'ann', ${toIso(plannedUntil)},
      ${cancelled ? toIso(NOW) : null}) returning id`
  return row?.id ?? ''
}
const errors: string[] = []
const run = (now: Instant) =>
  planMaintenance({
    maintenance: createMaintenanceStore(stack.service as never),
    clock: { now: () => now, sleep: async () => undefined },
    log: { info: () => undefined, warn: () => undefined, error: (event) => void errors.push(event) },
  })

test('recurring maintenance is known for months ahead, once, and what is known already stays', async () => {
  const due = await addWindow('FREQ=DAILY', NOW + 50 * DAY)
  const known = await addWindow('FREQ=DAILY', NOW + 70 * DAY)
  const cancelled = await addWindow('FREQ=DAILY', NOW, true)
  const once = await addWindow(null, NOW)
  const counts = await Promise.all([run(NOW), run(NOW)])
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1)
  expect(await run(NOW)).toBe(0)
  const times = await sql<{ window_id: string; n: number; first: Date; last: Date }[]>`
    select window_id, count(*)::integer as n, min(starts_at) as first, max(starts_at) as last
    from public.maintenance_occurrences group by window_id`
  // The time before was planned by others, and one of it may have ended early.
  expect(times).toEqual([
    {
      window_id: due,
      n: 50,
      first: new Date(Date.UTC(2026, 10, 24) + 50 * DAY),
      last: new Date(Date.UTC(2026, 10, 23) + 100 * DAY),
    },
  ])
  expect([known, cancelled, once]).not.toContain(times[0]?.window_id)
  expect(errors).toEqual([])
})

test('one that was changed since it was read is left to whoever changed it', async () => {
  const id = await addWindow('FREQ=DAILY', NOW)
  const store = createMaintenanceStore(stack.service as never)
  const [window] = (await store.listUnplanned(NOW + DAY)).filter((one) => one.id === id)
  if (window === undefined) throw new Error('not listed')
  await sql`update public.maintenance_windows set updated_at = now() + interval '1 second' where id = ${id}`
  expect(await store.plan(window, { occurrences: [], plannedUntil: NOW + 100 * DAY })).toBe(false)
})
