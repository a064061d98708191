import { beforeAll, describe, expect, test } from 'vitest'
import { yamlSyntax } from '../../../lib/adapters/configuration/yaml-syntax.ts'
import { createConfigurationStore } from '../../../lib/adapters/supabase/configuration-store.ts'
import { createSecretBox } from '../../../lib/adapters/system/secret-box.ts'
import { applyFromText } from '../../../lib/commands/configuration/apply.ts'
import { exportToText } from '../../../lib/commands/configuration/export.ts'
import { type ConfigurationDeps, planFromText } from '../../../lib/commands/configuration/plan.ts'
import { PACKS } from '../../../lib/domain/pack/packs.ts'
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

const file = (slug: string, rest: string) => `version: 1
project: { slug: ${slug}, name: Shop, locale: fr }
channels:
  ops: { kind: email, to: [ops@example.com] }
  chat: { kind: slack, url: https://hooks.slack.com/services/x }
${rest}`

const plan = (text: string) => planFromText(deps, { text, lookUp: lookUpSample, onlySlug: null })

async function apply(text: string) {
  const applied = await applyFromText(deps, { text, lookUp: lookUpSample, onlySlug: null, actor: 'vigie.yaml' })
  if (!applied.ok) throw new Error(JSON.stringify(applied.errors))
  return applied
}

async function changes(text: string): Promise<string[]> {
  const planned = await plan(text)
  if (!planned.ok) throw new Error(JSON.stringify(planned.errors))
  return planned.plan.changes
    .filter(({ op }) => op !== 'unchanged')
    .map(({ op, kind, key, fields }) => `${op} ${kind} ${key} ${fields}`.trim())
}

const rules = (slug: string) => stack.sql`
  select alert_rules.* from public.alert_rules join public.projects on projects.id = project_id
  where slug = ${slug} order by alert_rules.key`
const dump = async () =>
  JSON.stringify([
    await stack.sql`select to_jsonb(t.*) from public.alert_rules as t order by 1`,
    await stack.sql`select to_jsonb(t.*) from public.audit_entries as t order by 1`,
  ])

const RULES = `rules:
  checkout-slow:
    when: 'p95(http.server.request.duration{http.route="/checkout"}) > 2s for 5m'
    severity: { critical: critical }
    notify: [ops]
    runbook: RB-003
`

describe('rules of a file', () => {
  test('are made, and applying the file again changes nothing at all', async () => {
    const text = file('written', RULES)
    const first = await apply(text)
    expect(first.counts.created).toBeGreaterThan(0)
    const [rule] = await rules('written')
    expect(rule).toMatchObject({
      key: 'checkout-slow',
      for_ms: '300000',
      managed_by: 'file',
      severity_critical: 'critical',
    })
    expect(rule?.notify_channel_ids).toHaveLength(1)
    const before = await dump()
    expect(await changes(text)).toEqual([])
    expect((await apply(text)).counts).toMatchObject({ created: 0, updated: 0, deleted: 0 })
    expect(await dump()).toBe(before)
  })

  test('are changed by name of field, and deleted when the file no longer has them', async () => {
    expect(await changes(file('written', RULES.replace('for 5m', 'for 10m')))).toEqual([
      'update rule checkout-slow forMs',
    ])
    expect(await changes(file('written', ''))).toEqual(['delete rule checkout-slow'])
    expect((await apply(file('written', ''))).counts).toMatchObject({ deleted: 1 })
    expect(await rules('written')).toEqual([])
  })

  test.each([
    ['rules: { a: { when: "p95(x > 2s" } }', 'rules.a.when', 'cannot be read at column'],
    ['rules: { a: { when: "p95(x) > 2", notify: [opss] } }', 'rules.a.notify[0]', 'did you mean ops?'],
    ['rules: { a: { when: "p95(x) > 2", severtiy: {} } }', 'rules.a.severtiy', 'did you mean severity?'],
    ['packs: [databases]', 'packs[0]', 'must be'],
    ['rules: { a: { when: "avg(x) > 5 [warn > 6]" } }', 'rules.a.when', 'must be above the warning, 6'],
    ['rules: { a: { when: "any(b)" }, b: { when: "all(a)" } }', 'rules.a.when', 'goes in a circle: a → b → a'],
    ['rules: { a: { when: "any(c)" } }', 'rules.a.when', 'the rule \\"c\\" that does not exist'],
    [
      'rules: { a: { when: "avg(x) > 1", inhibitedBy: [hostdown] }, host-down: { when: "avg(y) > 1" } }',
      'rules.a.inhibitedBy[0]',
      'names the rule \\"hostdown\\" that does not exist: did you mean host-down?',
    ],
    [
      'rules: { a: { when: "avg(x) > 1", inhibitedBy: [{ rule: b }] }, b: { when: "avg(y) > 1", inhibitedBy: [a] } }',
      'rules.a.inhibitedBy',
      'goes in a circle: a → b → a',
    ],
    ['rules: { a: { when: "avg(x) > 1", incidentBy: [] } }', 'rules.a.incidentBy', 'must name a label, or be alone'],
    ['rules: { a: { when: "3 failures in a row of monitor web" } }', 'rules.a.when', 'monitor'],
    ['rules: { a: { when: "burn(up) 2x over 1h and 5m" } }', 'rules.a.when', 'SLO'],
    [
      'slos: { up: { availability: {}, target: 90% } }\nrules: { a: { when: "burn(up) 11x over 1h and 5m" } }',
      'rules.a.when',
      'can never be reached',
    ],
    [
      'rules: { a: { when: "sum(http.server.request.duration) / sum(gen_ai.client.cost) > 1" } }',
      'rules.a.when',
      'a ratio of the two means nothing',
    ],
  ])('%s is refused at %s', async (rest, _path, message) => {
    const planned = await plan(file('wrong', rest))
    expect(planned.ok).toBe(false)
    expect(JSON.stringify(planned)).toContain(message)
  })
})

test('what shares an incident and what keeps a rule quiet are exported as they were written, and left out where nobody said them', async () => {
  const text = file(
    'together',
    `rules:
  host-down: { when: 'absent(host.up) by (host) for 5m', incidentBy: [region, service] }
  slow: { when: 'avg(latency) by (host) > 2', incidentBy: alone, inhibitedBy: [{ rule: host-down, equal: [host] }, other] }
  other: { when: 'avg(x) > 2' }
`,
  )
  await apply(text)
  const stored = Object.fromEntries((await rules('together')).map((rule) => [rule.key, rule]))
  expect(stored['host-down']).toMatchObject({ incident_by: ['region', 'service'], inhibited_by: [] })
  const inhibited_by = [
    { rule: 'host-down', equal: ['host'] },
    { rule: 'other', equal: [] },
  ]
  expect(stored.slow).toMatchObject({ incident_by: [], inhibited_by })
  expect(stored.other).toMatchObject({ incident_by: null, inhibited_by: [] })
  const exported = (await exportToText(deps, 'together')) ?? ''
  expect(exported).toContain('incidentBy: alone')
  expect(exported.match(/incidentBy/g)).toHaveLength(2)
  expect(exported.match(/inhibitedBy/g)).toHaveLength(1)
  expect(JSON.stringify(yamlSyntax.read(exported))).toContain('[{"rule":"host-down","equal":["host"]},"other"]')
  expect(await changes(text)).toEqual([])
  expect(await changes(text.replace('alone', '[host]').replace(', other]', ']'))).toEqual([
    'update rule slow incidentBy,inhibitedBy',
  ])
})

describe('packs of a file', () => {
  const text = file('packed', 'packs: [database, web-app-slo]\n')

  test('are installed whole, with the channels that they name, and applying the file again changes nothing', async () => {
    const size = PACKS.filter(({ key }) => ['database', 'web-app-slo'].includes(key)).flatMap(
      (pack) => pack.rows,
    ).length
    await apply(text)
    const made = await rules('packed')
    expect(made).toHaveLength(size)
    expect(made.find(({ key }) => key === 'web-app-slo-db-connections')?.notify_channel_ids).toHaveLength(1)
    expect(made[0]).toMatchObject({
      pack: 'database',
      pack_row: 'cache-hits',
      name: 'Taux de succès du cache sous 95 %',
    })
    const before = await dump()
    expect(await changes(text)).toEqual([])
    expect((await apply(text)).counts).toMatchObject({ created: 0, updated: 0, deleted: 0 })
    expect(await dump()).toBe(before)
  })

  test('keep what people changed in the dashboard', async () => {
    await stack.sql`update public.alert_rules set for_ms = 60000 where key = 'database-connections'`
    expect(await changes(text)).toEqual([])
  })

  test('give way to a rule that the file writes out under the key of a row', async () => {
    const own = `${text}rules:
  database-deadlocks: { when: 'sum(db.deadlocks) by (db.source) over 1d > 3', name: Deadlocks }
`
    await apply(own)
    const [rule] = await stack.sql`select * from public.alert_rules where key = 'database-deadlocks'`
    expect(rule).toMatchObject({ name: 'Deadlocks', pack: 'database', pack_row: 'deadlocks' })
    expect(await changes(own)).toEqual([])
  })

  test('and rules survive being exported and applied again', async () => {
    const exported = (await exportToText(deps, 'packed')) ?? ''
    expect(exported).toContain('packs:')
    expect(exported).toContain('database-deadlocks')
    expect(exported).not.toContain('web-app-slo-uptime')
    const planned = await planFromText(deps, {
      text: exported,
      lookUp: () => ({ ok: true, value: 'https://hooks.slack.com/services/x' }),
      onlySlug: null,
    })
    if (!planned.ok) throw new Error(JSON.stringify(planned.errors))
    expect(planned.plan.changes.filter(({ op }) => op !== 'unchanged')).toEqual([])
  })

  test('go when the file no longer names them, but for what people changed, which is theirs from then on', async () => {
    const without = file('packed', 'packs: [web-app-slo]\n')
    const planned = await changes(without)
    expect(planned).toContain('release rule database-connections')
    expect(planned).toContain('delete rule database-cache-hits')
    const { counts } = await apply(without)
    expect(counts.deleted).toBe(planned.filter((line) => line.startsWith('delete')).length)
    const left = (await rules('packed')).filter(({ pack }) => pack !== 'web-app-slo')
    // Changed in the dashboard, and written out under the key of a row.
    expect(left.map(({ key, managed_by }) => [key, managed_by])).toEqual([
      ['database-connections', null],
      ['database-deadlocks', null],
    ])
    expect(left[0]).toMatchObject({ for_ms: '60000' })
    const [told] = await stack.sql`
      select details from public.audit_entries where action = 'rule_updated' and subject_id = ${left[0]?.id ?? ''} order by id desc limit 1`
    expect(told?.details).toEqual({ managed_by: { from: 'file', to: null } })
    const before = await dump()
    expect(await changes(without)).toEqual([])
    await apply(without)
    expect(await dump()).toBe(before)
  })

  test('that hold the same limit hold it once, and it is there when the first of them goes', async () => {
    const both = file('twice', 'packs: [go-live, production]\n')
    await apply(both)
    const keys = async () => (await rules('twice')).map(({ key }) => key).filter((key) => String(key).endsWith('-cpu'))
    expect(await keys()).toEqual(['go-live-cpu'])
    expect(await changes(both)).toEqual([])
    await apply(file('twice', 'packs: [production]\n'))
    expect(await keys()).toEqual(['production-cpu'])
  })
})
