import { beforeAll, describe, expect, test } from 'vitest'
import { yamlSyntax } from '../../../lib/adapters/configuration/yaml-syntax.ts'
import { createConfigurationStore } from '../../../lib/adapters/supabase/configuration-store.ts'
import { createSecretBox } from '../../../lib/adapters/system/secret-box.ts'
import { applyFromText } from '../../../lib/commands/configuration/apply.ts'
import { exportToText } from '../../../lib/commands/configuration/export.ts'
import { type ConfigurationDeps, planFromText } from '../../../lib/commands/configuration/plan.ts'
import type { ConfigurationPlan } from '../../../lib/domain/configuration/plan.ts'
import { type TestStack, testStack } from '../../support/stack.ts'
import { EXAMPLE, FULL, lookUpSample, VARIABLES } from './samples.ts'

let stack: TestStack
let deps: ConfigurationDeps
beforeAll(async () => {
  stack = await testStack()
  deps = {
    store: createConfigurationStore(stack.service as never),
    secretBox: createSecretBox(Buffer.alloc(32, 1).toString('base64')),
    syntax: yamlSyntax,
  }
})

const request = (text: string) => ({ text, lookUp: lookUpSample, onlySlug: null })

async function apply(text: string, using = deps) {
  const applied = await applyFromText(using, { ...request(text), actor: 'vigie.yaml' })
  if (!applied.ok) throw new Error(JSON.stringify(applied.errors))
  return applied
}

async function planOf(text: string): Promise<ConfigurationPlan> {
  const planned = await planFromText(deps, request(text))
  if (!planned.ok) throw new Error(JSON.stringify(planned.errors))
  return planned.plan
}

/** `~ monitor api: interval` and the like, without what stays. */
const tell = (plan: ConfigurationPlan) =>
  plan.changes
    .filter(({ op }) => op !== 'unchanged')
    .map(({ op, kind, key, fields }) => `${op} ${kind} ${key} ${fields}`.trim())

/** Everything that the file can touch, as it stands. */
async function dump(): Promise<string> {
  const tables = [
    'projects',
    'channels',
    'channel_secrets',
    'monitors',
    'monitor_secrets',
    'monitor_channels',
    'monitor_states',
    'kpis',
    'kpi_secrets',
    'audit_entries',
  ]
  const rows = await Promise.all(
    tables.map((table) => stack.sql`select to_jsonb(t.*) as row from ${stack.sql(`public.${table}`)} as t order by 1`),
  )
  return JSON.stringify(rows, null, 1)
}

const project = (slug: string, rest: string) => `version: 1\nproject: { slug: ${slug}, name: ${slug} }\n${rest}`
const hook = (key: string, secret: string) =>
  `  ${key}: { kind: webhook, url: "https://example.com/${key}", secret: "${secret}" }\n`
const tcp = (key: string, more = '') => `  ${key}: { kind: tcp, host: example.com, port: 80${more} }\n`

describe.each([
  ['the documented example', EXAMPLE],
  ['a file with every kind and field', FULL],
])('%s', (_, text) => {
  test('is planned as new, applied, and changes nothing when it is applied again', async () => {
    expect((await planOf(text)).changes.every(({ op }) => op === 'create')).toBe(true)
    const first = await apply(text)
    expect(first.counts).toMatchObject({ updated: 0, unchanged: 0, deleted: 0 })
    expect(tell(await planOf(text))).toEqual([])
    const before = await dump()
    const second = await apply(text)
    expect(second.counts).toEqual({ created: 0, updated: 0, unchanged: first.counts.created, deleted: 0 })
    expect(await dump()).toBe(before)
  })

  test('survives being exported and applied again', async () => {
    const slug = text === EXAMPLE ? 'demo' : 'full'
    const exported = await exportToText(deps, slug)
    for (const value of Object.values(VARIABLES)) expect(exported).not.toContain(value)
    const variables: Record<string, string> = {
      CHANNEL_OPS_SECRET: VARIABLES.HOOK_SECRET ?? '',
      CHANNEL_HOOK_SECRET: VARIABLES.HOOK_SECRET ?? '',
      CHANNEL_CHAT_URL: VARIABLES.SLACK_URL ?? '',
      MONITOR_WEB_USER: 'vigie',
      KPI_ACTIVE_USERS_DATABASE: VARIABLES.DATABASE_URL ?? '',
      KPI_ORDERS_DATABASE: VARIABLES.DATABASE_URL ?? '',
    }
    const lookUp = (name: string) => ({ ok: true as const, value: variables[name] ?? VARIABLES.PASSWORD ?? '' })
    const planned = await planFromText(deps, { text: exported ?? '', lookUp, onlySlug: null })
    expect(planned.ok && tell(planned.plan)).toEqual([])
  })
})

describe('secrets', () => {
  const text = (secret: string) => project('secrets', `channels:\n${hook('ops', secret)}`)
  const storedCiphertext = async () =>
    (
      await stack.sql`select ciphertext from public.channel_secrets join public.projects on projects.id = project_id where slug = 'secrets'`
    )[0]?.ciphertext as string | undefined

  test('are stored sealed, kept when equal, replaced when changed, removed when the file has none', async () => {
    await apply(text('first secret'))
    const first = await storedCiphertext()
    expect(first).not.toContain('first secret')
    expect(tell(await planOf(text('first secret')))).toEqual([])
    expect(tell(await planOf(text('second secret')))).toEqual(['update channel ops secret'])
    await apply(text('second secret'))
    expect(await storedCiphertext()).not.toBe(first)
    await apply(text('second secret').replace(', secret: "second secret"', ''))
    expect(await storedCiphertext()).toBeUndefined()
  })

  test('sealed with a key that was lost are sealed anew', async () => {
    await apply(text('kept secret'))
    const otherKey = { ...deps, secretBox: createSecretBox(Buffer.alloc(32, 2).toString('base64')) }
    expect((await apply(text('kept secret'), otherKey)).counts.updated).toBe(1)
    expect(otherKey.secretBox.open((await storedCiphertext()) ?? '')).toEqual({ signingSecret: 'kept secret' })
  })

  test('stand neither in the plan nor in the audit log', async () => {
    const plan = await planOf(text('a new secret'))
    expect(JSON.stringify(plan.changes)).not.toContain('a new secret')
    await apply(text('a new secret'))
    expect(JSON.stringify(await stack.sql`select * from public.audit_entries`)).not.toContain('a new secret')
  })
})

describe('what changes', () => {
  test('is named by the fields of the file', async () => {
    await apply(project('fields', `monitors:\n${tcp('a')}`))
    const plan = await planOf(
      project('fields', `monitors:\n${tcp('a', ', interval: 30s, expect: { latencyMs: 5 }, paused: true')}`),
    )
    expect(tell(plan)).toEqual(['update monitor a expect,interval,paused'])
  })

  test('that the file no longer names is deleted; what people made stays', async () => {
    await apply(
      project('gone', `channels:\n${hook('old', 'long secret')}monitors:\n${tcp('a')}${tcp('b', ', notify: [old]')}`),
    )
    await stack.sql`update public.monitors set managed_by = null where key = 'a' and project_id = (select id from public.projects where slug = 'gone')`
    const next = project('gone', `monitors:\n${tcp('c')}`)
    expect(tell(await planOf(next))).toEqual(['delete channel old', 'create monitor c', 'delete monitor b'])
    expect((await apply(next)).counts).toEqual({ created: 1, updated: 0, unchanged: 0, deleted: 2 })
    const left =
      await stack.sql`select key from public.monitors where project_id = (select id from public.projects where slug = 'gone') order by key`
    expect(left.map(({ key }) => key)).toEqual(['a', 'c'])
  })

  test('of a monitor that people made is taken over by the file and said so', async () => {
    await apply(project('taken', `monitors:\n${tcp('a')}`))
    await stack.sql`update public.monitors set managed_by = null where project_id = (select id from public.projects where slug = 'taken')`
    expect(tell(await planOf(project('taken', `monitors:\n${tcp('a')}`)))).toEqual(['update monitor a managedBy'])
  })

  test('is left to the dashboard where the file says nothing: paused, report recipients', async () => {
    const text = project('silent', `monitors:\n${tcp('a')}`)
    await apply(`${text}report: { recipients: [a@example.com] }\n`)
    await stack.sql`select private.set_monitor_paused(id, true, null, 'test') from public.monitors where project_id = (select id from public.projects where slug = 'silent')`
    expect(tell(await planOf(text))).toEqual([])
    await apply(text)
    const [row] =
      await stack.sql`select report_recipients, paused_at from public.projects join public.monitors on project_id = projects.id where slug = 'silent'`
    expect(row).toMatchObject({ report_recipients: ['a@example.com'], paused_at: expect.any(Date) })
    expect(tell(await planOf(`${text}report: { recipients: [] }\n`))).toEqual(['update project silent recipients'])
  })
})

describe('a refused file changes nothing', () => {
  test('when one of its monitors names a channel that is not there', async () => {
    const before = await dump()
    const text = project(
      'refused',
      `channels:\n${hook('ops', 'long secret')}monitors:\n${tcp('a', ', notify: [ops, opps]')}`,
    )
    const refused = await applyFromText(deps, { ...request(text), actor: 'x' })
    expect(refused).toEqual({
      ok: false,
      errors: [
        {
          path: ['monitors', 'a', 'notify', 1],
          line: 6,
          column: 62,
          message: 'there is no channel "opps": did you mean ops?',
        },
      ],
    })
    expect(await dump()).toBe(before)
  })

  test('when a monitor names a channel that the same file removes', async () => {
    await apply(project('removes', `channels:\n${hook('ops', 'long secret')}`))
    const refused = await planFromText(deps, request(project('removes', `monitors:\n${tcp('a', ', notify: [ops]')}`)))
    expect(refused.ok).toBe(false)
  })

  test('when it is of another project than the key', async () => {
    const before = await dump()
    const refused = await applyFromText(deps, { ...request(EXAMPLE), onlySlug: 'other', actor: 'x' })
    expect(refused).toMatchObject({
      ok: false,
      errors: [
        { path: ['project', 'slug'], line: 2, message: 'must be other, the project of the API key (got "demo")' },
      ],
    })
    expect(await dump()).toBe(before)
  })

  test('while the project of the key itself is accepted', async () => {
    expect((await planFromText(deps, { ...request(EXAMPLE), onlySlug: 'demo' })).ok).toBe(true)
  })
})

test('two applies at once leave what one of them would have left', async () => {
  const text = project('race', `channels:\n${hook('ops', 'long secret')}monitors:\n${tcp('a')}${tcp('b')}`)
  const results = await Promise.allSettled(Array.from({ length: 4 }, () => apply(text)))
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'fulfilled'])
  expect(tell(await planOf(text))).toEqual([])
})
