import { describe, expect, it } from 'vitest'
import { createPackStore } from '../../../lib/adapters/supabase/pack-store.ts'
import { installPack } from '../../../lib/commands/pack/install.ts'
import { uninstallPack } from '../../../lib/commands/pack/uninstall.ts'
import { findPack, PACKS } from '../../../lib/domain/pack/packs.ts'
import { readPacks } from '../../../lib/queries/packs.ts'
import { tellingWorld } from '../telling-world.ts'

const world = await tellingWorld()
const project = { id: world.project.id, locale: 'fr' as const }
const as = (role: keyof typeof world.clients) => createPackStore(world.clients[role])
const admin = as('admin')
const keysOf = async () =>
  (await world.sql`select key from public.alert_rules where project_id = ${project.id} order by key`).map(
    ({ key }) => key as string,
  )
const rowsOf = (key: string) => findPack(key)?.rows.length ?? 0
const packNow = async (key: string) => {
  const view = (await readPacks(admin, project)).find(({ pack }) => pack.key === key)
  if (view === undefined) throw new Error(`no pack ${key}`)
  return view
}

describe('a pack', () => {
  it('is installed in one go, with names in the language of the project, and each rule is in the audit log', async () => {
    const answer = await installPack(admin, project, { pack: 'infrastructure' })
    expect(answer).toMatchObject({ ok: true, value: { upgraded: [], skipped: [] } })
    expect(await keysOf()).toHaveLength(rowsOf('infrastructure'))
    const [cpu] = await world.sql`select * from public.alert_rules where key = 'infrastructure-cpu'`
    expect(cpu).toMatchObject({ name: 'Usage du processeur', pack: 'infrastructure', pack_row: 'cpu', pack_version: 1 })
    expect(cpu?.pack_original).toMatchObject({ key: 'infrastructure-cpu', for_ms: 300_000 })
    const [audit] = await world.sql`
      select count(*)::int as n from public.audit_entries where project_id = ${project.id} and action = 'rule_created'`
    expect(audit?.n).toBe(rowsOf('infrastructure'))
  })

  it('is as the database holds it: nothing is customised, and installing it again changes nothing', async () => {
    const view = await packNow('infrastructure')
    expect(view.state).toBe('installed')
    expect(view.rows.map(({ state }) => state)).toEqual(view.rows.map(() => 'installed'))
    expect(await installPack(admin, project, { pack: 'infrastructure' })).toMatchObject({
      value: { added: [], upgraded: [] },
    })
  })

  it('shows what people changed, keeps it when it is removed, and takes it when that is asked for', async () => {
    await world.sql`
      update public.alert_rules set condition = jsonb_set(condition, '{warning,value}', '0.75')
      where project_id = ${project.id} and key = 'infrastructure-cpu'`
    const cpu = (await packNow('infrastructure')).rows.find(({ key }) => key === 'infrastructure-cpu')
    expect(cpu).toMatchObject({ state: 'customised', customised: ['condition.warning.value'] })
    const removed = await uninstallPack(admin, project, { pack: 'infrastructure' })
    expect(removed).toMatchObject({ value: { keep: [{ key: 'infrastructure-cpu' }] } })
    expect(await keysOf()).toEqual(['infrastructure-cpu'])
    await uninstallPack(admin, project, { keys: ['infrastructure-cpu'] }, true)
    expect(await keysOf()).toEqual([])
  })

  it('is taken back by the keys that it added, and given back by those that were removed', async () => {
    const answer = await installPack(admin, project, { pack: 'database' })
    const added = answer.ok ? answer.value.added.sort() : []
    expect(await uninstallPack(admin, project, { keys: added })).toMatchObject({ value: { remove: added, keep: [] } })
    expect(await keysOf()).toEqual([])
    await installPack(admin, project, { keys: added.slice(0, 2) })
    expect(await keysOf()).toEqual(added.slice(0, 2).sort())
    await uninstallPack(admin, project, { pack: 'database' })
  })

  it('is nothing that only admins may install', async () => {
    for (const role of ['viewer', 'responder'] as const) {
      expect(await installPack(as(role), project, { pack: 'database' })).toMatchObject({
        ok: false,
        errors: [{ code: 'PT403' }],
      })
    }
    expect(await keysOf()).toEqual([])
  })

  it('that does not exist is refused', async () => {
    expect(await installPack(admin, project, { pack: 'nothing' })).toMatchObject({ errors: [{ code: 'PT404' }] })
    expect(await uninstallPack(admin, project, { keys: ['nothing'] })).toMatchObject({ errors: [{ code: 'PT404' }] })
  })
})

it('a rule of one’s own with the key of a row is neither overwritten nor removed', async () => {
  await world.sql`
    insert into public.alert_rules (project_id, key, name, condition, group_limit, for_ms, no_data, severity_warning, severity_critical)
    values (${project.id}, 'database-deadlocks', 'Mine', '{"kind": "composite"}', 1, 0, 'keep', 'low', 'low')`
  const answer = await installPack(admin, project, { pack: 'database' })
  expect(answer).toMatchObject({ value: { skipped: [{ reason: 'key_taken' }] } })
  await uninstallPack(admin, project, { pack: 'database' }, true)
  expect(await keysOf()).toEqual(['database-deadlocks'])
  const [mine] = await world.sql`delete from public.alert_rules where key = 'database-deadlocks' returning name`
  expect(mine?.name).toBe('Mine')
})

it('each guide is installed in one go: together they are all rules of all packs, the same limit only once', async () => {
  const same: string[] = []
  for (const guide of ['go_live', 'hypercare', 'alerts_template', 'drop_craft', 'token4good'] as const) {
    const answer = await installPack(admin, project, { guide })
    if (!answer.ok) throw new Error(guide)
    same.push(...answer.value.skipped.filter(({ reason }) => reason === 'same_as').map(({ row }) => row.id))
  }
  expect(same).toEqual(['checks-fail', 'uptime', 'connections', 'db-unreachable', 'latency-p1', 'cpu'])
  const budgetRows = 1
  const all = PACKS.reduce((sum, { rows }) => sum + rows.length, 0)
  expect(await keysOf()).toHaveLength(all - budgetRows - same.length)
})
