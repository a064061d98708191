import { expect, test } from 'vitest'
import { monitorJson } from '../support/pipeline.ts'
import { testStack } from '../support/stack.ts'

const { sql } = await testStack()

const seed = (port: number) => ({
  channels: [],
  monitors: ['vigie', 'demo'].map((key) => ({
    ...monitorJson({ key, target: { kind: 'http', config: { url: `http://127.0.0.1:${port}/${key}` } } }),
  })),
})

async function start(slug: string, port: number): Promise<string> {
  const [project] = await sql<{ id: string }[]>`
    insert into public.projects (slug, name) values (${slug}, ${slug}) on conflict (slug) do update set name = excluded.name returning id`
  await sql`select public.seed_project(${project?.id ?? ''}, ${sql.json(seed(port) as never)})`
  return project?.id ?? ''
}

const addresses = async (projectId: string) =>
  Object.fromEntries(
    (await sql`select key, config ->> 'url' as url from public.monitors where project_id = ${projectId}`).map(
      ({ key, url }) => [key, url],
    ),
  )

test('the first monitors of an installation follow its port, and a start at the same port changes nothing', async () => {
  const projectId = await start('moved', 3000)
  await start('moved', 4000)
  expect(await addresses(projectId)).toEqual({
    vigie: 'http://127.0.0.1:4000/vigie',
    demo: 'http://127.0.0.1:4000/demo',
  })
  const dump = () => sql`select to_jsonb(t.*) from public.monitors as t where project_id = ${projectId} order by key`
  const before = await dump()
  await start('moved', 4000)
  expect(await dump()).toEqual(before)
})

test.each<[string, (projectId: string, id: string) => Promise<unknown>, string | undefined]>([
  [
    'named otherwise',
    (projectId, id) =>
      sql`select private.write_monitor(${projectId}, ${sql.json({ ...seed(3000).monitors[1], id, name: 'Mine' } as never)}, null, 'ann', null)`,
    'http://127.0.0.1:3000/demo',
  ],
  [
    'pointed elsewhere',
    (projectId, id) =>
      sql`select private.write_monitor(${projectId}, ${sql.json({ ...seed(9).monitors[1], id } as never)}, null, 'ann', null)`,
    'http://127.0.0.1:9/demo',
  ],
  ['paused', (_, id) => sql`select private.set_monitor_paused(${id}, true, null, 'ann')`, 'http://127.0.0.1:3000/demo'],
  ['deleted', (projectId, id) => sql`select private.delete_monitor(${projectId}, ${id}, null, 'ann')`, undefined],
])('one that somebody has %s stays so', async (name, change, expected) => {
  const slug = name.replaceAll(' ', '-')
  const projectId = await start(slug, 3000)
  const [demo] = await sql<{ id: string }[]>`
    select id from public.monitors where project_id = ${projectId} and key = 'demo'`
  await change(projectId, demo?.id ?? '')
  await start(slug, 4000)
  const { vigie, demo: moved } = await addresses(projectId)
  expect(vigie).toBe('http://127.0.0.1:4000/vigie')
  expect(moved).toBe(expected)
})
