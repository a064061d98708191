import { expect, test } from 'vitest'
import { createMonitorCommands } from '../../../lib/adapters/supabase/monitor-commands.ts'
import { createMonitorReader } from '../../../lib/adapters/supabase/monitor-reader.ts'
import { createSecretBox } from '../../../lib/adapters/system/secret-box.ts'
import { parseMonitorSpec } from '../../../lib/commands/monitor/parse-spec.ts'
import { saveMonitor } from '../../../lib/commands/monitor/save.ts'
import type { Quorum } from '../../../lib/domain/monitor/schema-regions.ts'
import { MINUTE, toIso } from '../../../lib/domain/time/instant.ts'
import { readMonitorView } from '../../../lib/queries/monitor.ts'
import { draftOf, monitorWorld } from './world.ts'

const world = await monitorWorld()
const deps = { commands: createMonitorCommands(world.clients.admin), secretBox: createSecretBox('a key for tests') }
let id: string | null = null

async function save(regions: string[], quorum: Quorum, using = deps) {
  const draft = draftOf({ key: 'api' })
  const saved = await saveMonitor(using, world.projectId, { ...draft, id, spec: { ...draft.spec, regions, quorum } })
  if (saved.ok) id = saved.value.id
  return saved
}

const read = (locale: 'en' | 'fr' = 'en') =>
  readMonitorView(createMonitorReader(world.clients.viewer), {
    projectId: world.projectId,
    key: 'api',
    range: '24h',
    before: null,
    locale,
  })

test('regions and quorum are kept, noted in the audit log, and make the monitor due at once', async () => {
  expect(await save([], 'majority')).toMatchObject({ ok: true, value: { result: 'created' } })
  expect(await save(['fra1', 'iad1', 'sin1'], 2)).toMatchObject({ ok: true, value: { result: 'updated' } })
  expect(await save(['fra1', 'iad1', 'sin1'], 2)).toMatchObject({ ok: true, value: { result: 'unchanged' } })
  expect((await read())?.monitor).toMatchObject({ regions: ['fra1', 'iad1', 'sin1'], quorum: 2 })
  const [entry] = await world.sql`select * from public.audit_entries where action = 'monitor_updated'`
  expect(JSON.stringify(entry)).toContain('"regions":{"to":["fra1","iad1","sin1"],"from":[]}')
  const [state] =
    await world.sql`select next_due_at <= now() as due from public.monitor_states where monitor_id = ${id}`
  expect(state?.due).toBe(true)
})

test('who may not configure changes nothing', async () => {
  const commands = createMonitorCommands(world.clients.responder)
  expect(await save([], 'any', { ...deps, commands })).toMatchObject({ ok: false, errors: [{ code: 'PT403' }] })
  expect((await read())?.monitor.quorum).toBe(2)
})

test('what cannot be meant is refused at its field', () => {
  const base = { key: 'a', name: 'A', regions: ['fra1'], quorum: 2 }
  const parsed = parseMonitorSpec({ base, target: { kind: 'heartbeat', config: {} } })
  expect(parsed).toMatchObject({ ok: false, errors: [{ field: 'regions' }, { field: 'quorum' }] })
})

test('the page tells of each region in the language of its reader, and not of a place that is none of them', async () => {
  const slotAt = Date.now() - 2 * MINUTE
  const insert = (region: string, verdict: string, latencyMs: number | null, message: string | null) => world.sql`
    insert into public.region_results (monitor_id, project_id, region, slot_at, verdict, latency_ms, cause, message)
    values (${id}, ${world.projectId}, ${region}, ${toIso(slotAt)}, ${verdict}, ${latencyMs}, ${verdict === 'down' ? 'timeout' : null}, ${message})`
  await insert('fra1', 'up', 120, null)
  await insert('iad1', 'down', 2_000, 'no answer within 2 s')
  await insert('local', 'unknown', null, 'local is cut off: its control targets do not answer')
  await insert('sin1', 'unknown', null, 'its prober cannot be reached')
  await world.sql`select public.rollup_region_results(${toIso(slotAt)}, now())`
  expect((await read())?.regions).toMatchObject([
    { region: 'fra1', state: 'up', problem: null, uptime: 1, lastFailure: null, isCutOff: false },
    { region: 'iad1', state: 'down', problem: 'no answer within 2 s', uptime: 0, lastFailure: { at: slotAt } },
    { region: 'sin1', state: 'unknown', problem: 'its prober cannot be reached', uptime: null },
  ])
  const french = (await read('fr'))?.regions ?? []
  expect(french.map(({ problem }) => problem)).toEqual([null, 'pas de réponse à temps', 'sa sonde est injoignable'])
})

test('a monitor without regions tells that its place is cut off, until a result comes again', async () => {
  await save([], 'majority')
  expect((await read())?.regions).toMatchObject([{ region: 'local', isCutOff: true }])
  await world.sql`update public.monitor_states set last_result_at = now() where monitor_id = ${id}`
  expect((await read())?.regions).toEqual([])
})

test('somebody else reads nothing of what regions saw', async () => {
  const outsider = createMonitorReader(world.outsider)
  expect(await outsider.readRegions(id ?? '', '24h')).toEqual([])
  expect(await outsider.listRegionResults(id ?? '', 0, Date.now())).toEqual([])
})
