import { expect, test } from 'vitest'
import { createMonitorReader } from '../../lib/adapters/supabase/monitor-reader.ts'
import { type MonitorState, shownState } from '../../lib/domain/monitor/monitor.ts'
import { MINUTE, SECOND, toIso } from '../../lib/domain/time/instant.ts'
import { monitorWorld } from '../commands/monitor/world.ts'

const world = await monitorWorld()
const NOW = Date.UTC(2026, 10, 21, 12)

/** Around the edge at which silence becomes unknown: three intervals and 90 s. */
const AGES_MS = [0, 269 * SECOND, 270 * SECOND, 271 * SECOND, 20 * MINUTE]

test('the database shows the same state as the application, for every state, kind and age', async () => {
  for (const state of ['pending', 'up', 'degraded', 'down'] satisfies MonitorState[]) {
    for (const kind of ['http', 'heartbeat']) {
      for (const ageMs of [...AGES_MS, null]) {
        for (const pausedAt of [null, NOW]) {
          const lastResultAt = ageMs === null ? null : NOW - ageMs
          const [row] = await world.sql<{ shown: string }[]>`
            select private.shown_state(${state}, ${pausedAt && toIso(pausedAt)}, ${kind}, 60, ${lastResultAt && toIso(lastResultAt)}, ${toIso(NOW)}) as shown`
          const expected = shownState(state, { pausedAt, intervalSeconds: 60, kind }, lastResultAt, NOW)
          expect(row?.shown, `${state} ${kind} ${ageMs} ${pausedAt}`).toBe(expected)
        }
      }
    }
  }
})

test('a member reads the monitors of the project, worst first and paged; somebody else reads nothing', async () => {
  const insert = async (name: string, state: string, ageSeconds: number) => {
    const config = { url: 'https://shop.example.com', expect: {} }
    const [row] = await world.sql<{ id: string }[]>`
      insert into public.monitors (project_id, key, name, kind, config, interval_seconds, timeout_ms, severity)
      values (${world.projectId}, ${name}, ${name}, 'http', ${world.sql.json(config)}, 60, 10000, 'high') returning id`
    await world.sql`
      insert into public.monitor_states (monitor_id, project_id, state, since_at, last_result_at)
      values (${row?.id ?? ''}, ${world.projectId}, ${state}, now(), now() - make_interval(secs => ${ageSeconds}))`
  }
  await insert('a-up', 'up', 10)
  await insert('b-silent', 'up', 1_000)
  await insert('c-down', 'down', 10)
  await insert('d-slow', 'degraded', 10)
  const everything = { state: null, kind: null, tag: null, group: null, search: null }
  const viewer = createMonitorReader(world.clients.viewer)
  const first = await viewer.listMonitors(world.projectId, { ...everything, after: null, limit: 3 })
  expect(first.total).toBe(4)
  expect(first.monitors.map(({ key, state }) => `${key} ${state}`)).toEqual([
    'c-down down',
    'd-slow degraded',
    'b-silent unknown',
  ])
  const last = first.monitors.at(-1)
  const second = await viewer.listMonitors(world.projectId, { ...everything, after: last ?? null, limit: 3 })
  expect(second.monitors.map(({ key }) => key)).toEqual(['a-up'])
  const unknown = await viewer.listMonitors(world.projectId, { ...everything, state: 'unknown', after: null, limit: 3 })
  expect(unknown.monitors.map(({ key }) => key)).toEqual(['b-silent'])
  expect((await viewer.readOverview(world.projectId)).states).toEqual({ up: 1, unknown: 1, down: 1, degraded: 1 })

  const outsider = createMonitorReader(world.outsider)
  expect(await outsider.listMonitors(world.projectId, { ...everything, after: null, limit: 3 })).toEqual({
    total: 0,
    monitors: [],
  })
  expect(await outsider.findMonitor(world.projectId, 'a-up')).toBeNull()
})
