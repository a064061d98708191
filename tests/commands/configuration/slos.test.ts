import { beforeAll, expect, test } from 'vitest'
import { yamlSyntax } from '../../../lib/adapters/configuration/yaml-syntax.ts'
import { createConfigurationStore } from '../../../lib/adapters/supabase/configuration-store.ts'
import { createSecretBox } from '../../../lib/adapters/system/secret-box.ts'
import { applyFromText } from '../../../lib/commands/configuration/apply.ts'
import { exportToText } from '../../../lib/commands/configuration/export.ts'
import { type ConfigurationDeps, planFromText } from '../../../lib/commands/configuration/plan.ts'
import { type TestStack, testStack } from '../../support/stack.ts'
import { lookUpSample } from './samples.ts'

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

const file = (slos: string) => `version: 1
project: { slug: shop, name: Shop, timeZone: Europe/Paris }
monitors:
  api: { kind: http, url: https://shop.test }
${slos}`
const SLOS = `slos:
  uptime: { name: Uptime, availability: { monitors: [api] }, target: 99.95%, window: { calendar: month } }
  fast:
    latency: { metric: http.server.request.duration, threshold: 0.5 }
    target: 95%
    method: timeslices
    slice: { length: 5m, target: 90% }
`
const request = (text: string) => ({ text, lookUp: lookUpSample, onlySlug: null })

async function apply(text: string) {
  const applied = await applyFromText(deps, { ...request(text), actor: 'vigie.yaml' })
  if (!applied.ok) throw new Error(JSON.stringify(applied.errors))
  return applied.counts
}

async function changes(text: string): Promise<string[]> {
  const planned = await planFromText(deps, request(text))
  if (!planned.ok) return planned.errors.map(({ path, message }) => `${path.join('.')} ${message}`)
  const made = planned.plan.changes.filter(({ op, kind }) => op !== 'unchanged' && kind === 'slo')
  return made.map(({ op, key, fields }) => `${op} ${key} ${fields}`.trim())
}

test('SLOs of a file are made, changed and taken away as it says; what people made stays; applying it again changes nothing', async () => {
  expect(await changes(file(SLOS))).toEqual(['create uptime', 'create fast'])
  expect(await apply(file(SLOS))).toMatchObject({ created: 3 })
  const [uptime] = await stack.sql`select * from public.slos where key = 'uptime'`
  expect(uptime).toMatchObject({
    target: 0.9995,
    managed_by: 'file',
    window: { kind: 'calendar', unit: 'month', timeZone: 'Europe/Paris' },
  })
  expect(await changes(file(SLOS))).toEqual([])
  expect(await apply(file(SLOS))).toMatchObject({ created: 0, updated: 0, deleted: 0 })

  const changed = file(SLOS.replace('99.95%', '99.9%'))
  expect(await changes(changed)).toEqual(['update uptime target'])
  expect(await apply(changed)).toMatchObject({ updated: 1 })

  await stack.sql`
    insert into public.slos (project_id, key, name, indicator, method, "window", target)
    select project_id, 'own', 'Own', indicator, method, "window", target from public.slos where key = 'uptime'`
  expect(await changes(file(''))).toEqual(['delete fast', 'delete uptime'])
  expect(await apply(file(''))).toMatchObject({ deleted: 2 })
  expect(await stack.sql`select key from public.slos`).toMatchObject([{ key: 'own' }])
  const log =
    await stack.sql`select action, subject_name from public.audit_entries where subject_kind = 'slo' order by id`
  expect(log.map(({ action }) => action)).toEqual([
    'slo_created',
    'slo_created',
    'slo_updated',
    'slo_deleted',
    'slo_deleted',
  ])
})

test('what is exported and applied again changes nothing but who has the say', async () => {
  await apply(file(SLOS))
  const text = await exportToText(deps, 'shop')
  expect(text).toContain('target: 99.95%')
  expect(await changes(text ?? '')).toEqual(['update own managedBy'])
})

test.each([
  [
    'availability: { monitors: [ap] }, target: 99%',
    'slos.x.availability.monitors.0 there is no monitor "ap": did you mean api?',
  ],
  ['availability: {}, target: 100%', /^slos\.x\.target must be below 100%/],
  [
    'availability: {}, target: 99%, window: { calendar: month, timeZone: Paris }',
    /^slos\.x\.window must be a time zone/,
  ],
  ['availability: {}, target: 99%, method: timeslices', /^slos\.x\.slice is missing/],
  ['target: 99%', /^slos\.x needs exactly one of availability/],
])('%s is refused at its place', async (slo, message) => {
  const [found] = await changes(file(`slos:\n  x: { ${slo} }\n`))
  expect(found).toMatch(message)
})
