import { expect, test } from 'vitest'
import { createMonitorCommands } from '../../../lib/adapters/supabase/monitor-commands.ts'
import { createMonitorReader } from '../../../lib/adapters/supabase/monitor-reader.ts'
import { createSecretBox } from '../../../lib/adapters/system/secret-box.ts'
import { saveMonitor } from '../../../lib/commands/monitor/save.ts'
import { draftOf, monitorWorld } from './world.ts'

const world = await monitorWorld()
const deps = { commands: createMonitorCommands(world.clients.admin), secretBox: createSecretBox('a key for tests') }
const ids = new Map<string, string>()

async function save(key: string, dependsOn: string[], newKey = key) {
  const draft = draftOf({ key: newKey })
  const given = { ...draft, id: ids.get(key) ?? null, spec: { ...draft.spec, dependsOn } }
  const saved = await saveMonitor(deps, world.projectId, given)
  if (saved.ok) ids.set(newKey, saved.value.id)
  return saved
}
const dependenciesOf = async (key: string) =>
  (await world.sql`select depends_on from public.monitors where key = ${key}`)[0]?.depends_on

test('a monitor depends on others of its project, and follows when one of them is renamed', async () => {
  await save('database', [])
  expect(await save('api', ['database'])).toMatchObject({ ok: true, value: { result: 'created' } })
  expect(await save('api', ['database'])).toMatchObject({ ok: true, value: { result: 'unchanged' } })
  const page = await createMonitorReader(world.clients.viewer).findMonitor(world.projectId, 'api')
  expect(page?.monitor.dependsOn).toEqual(['database'])
  await save('database', [], 'postgres')
  expect(await dependenciesOf('api')).toEqual(['postgres'])
})

test.each<[string, string, string[], RegExp]>([
  ['on one that does not exist', 'api', ['nothing'], /there is no monitor "nothing"/],
  ['on itself', 'api', ['api'], /api → api/],
  ['on one that depends on it', 'postgres', ['api'], /postgres → api → postgres/],
])('depending %s is refused at its field', async (_name, key, dependsOn, message) => {
  const refused = await save(key, dependsOn)
  expect(refused).toMatchObject({ ok: false, errors: [{ field: 'dependsOn', code: 'PT422' }] })
  expect(refused.ok ? '' : refused.errors[0]?.message).toMatch(message)
})

test('a longer circle is found, too, and a key whose monitor is gone may stay', async () => {
  await save('shop', ['api'])
  const refused = await save('postgres', ['shop'])
  expect(refused.ok ? '' : refused.errors[0]?.message).toContain('postgres → shop → api → postgres')
  await world.sql`delete from public.monitors where key = 'api'`
  expect(await save('shop', ['api'])).toMatchObject({ ok: true, value: { result: 'unchanged' } })
})
