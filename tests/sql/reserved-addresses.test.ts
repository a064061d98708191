import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { projectSlugSchema, RESERVED_SLUGS } from '../../lib/domain/monitor/config.ts'
import { testStack } from '../support/stack.ts'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')
const stack = await testStack()

/** The first part of every address that is not a project's: folders of app/, groups opened, and rewrites to functions. */
function listRootAddresses(folder = join(ROOT, 'app')): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const names = entries.flatMap(({ name }) => (/^\(.*\)$/.test(name) ? listRootAddresses(join(folder, name)) : [name]))
  return names.filter((name) => !name.startsWith('_') && !name.startsWith('['))
}

function listRewrites(): string[] {
  const { rewrites } = JSON.parse(readFileSync(join(ROOT, 'vercel.json'), 'utf8')) as { rewrites: { source: string }[] }
  return rewrites.flatMap(({ source }) => source.split('/')[1] ?? [])
}

const addProject = (slug: string) =>
  stack.sql`insert into public.projects (slug, name) values (${slug}, ${slug}) returning id`

test('no page or function of our own stands where a project could', () => {
  const taken = [...listRootAddresses(), ...listRewrites()]
  expect(taken).toEqual(expect.arrayContaining(['api', 'sign-in', 'ping']))
  for (const name of taken) expect(projectSlugSchema.safeParse(name).success, `/${name}`).toBe(false)
})

describe('files at the root are no slugs', () => {
  test.each(['favicon.ico', 'robots.txt', 'vitals.js', 'manifest.webmanifest', '_next', 'sitemap.xml'])(
    '%s',
    (name) => {
      expect(projectSlugSchema.safeParse(name).success).toBe(false)
    },
  )
})

describe('the database refuses what the form and the file refuse', () => {
  test.each([...RESERVED_SLUGS, 'new'])('a project %s', async (slug) => {
    expect(projectSlugSchema.safeParse(slug).success).toBe(false)
    await expect(addProject(slug)).rejects.toThrow('projects_slug_reserved_check')
  })

  test('and takes others that only begin like them', async () => {
    for (const slug of ['status-page', 'newsroom', 'apis']) {
      expect(projectSlugSchema.safeParse(slug).success).toBe(true)
      expect(await addProject(slug)).toHaveLength(1)
    }
  })

  test('a monitor and a channel with the key new', async () => {
    const [project] = await addProject('shop')
    const monitor = (key: string) => stack.sql`
      insert into public.monitors (project_id, key, name, kind, config, interval_seconds, timeout_ms, severity)
      values (${project?.id}, ${key}, 'x', 'http', '{"url":"https://example.com"}', 60, 1000, 'critical')`
    const channel = (key: string) => stack.sql`
      insert into public.channels (project_id, key, name, kind, config) values (${project?.id}, ${key}, 'x', 'slack', '{}')`
    await expect(monitor('new')).rejects.toThrow('monitors_key_reserved_check')
    await expect(channel('new')).rejects.toThrow('channels_key_reserved_check')
    await monitor('news')
    await channel('news')
  })
})
