import { beforeAll, describe, expect, test } from 'vitest'
import { readOpenSlo } from '../../../lib/adapters/openslo/read.ts'
import { writeOpenSlo } from '../../../lib/adapters/openslo/write.ts'
import { createSloCommands } from '../../../lib/adapters/supabase/slo-commands.ts'
import { createSloReader } from '../../../lib/adapters/supabase/slo-reader.ts'
import { alertOnBurn } from '../../../lib/commands/slo/alert-on-burn.ts'
import { burnRuleKey, burnRulesOf } from '../../../lib/commands/slo/burn-rules.ts'
import { deleteSlo } from '../../../lib/commands/slo/delete.ts'
import { exportSlos } from '../../../lib/commands/slo/export.ts'
import { importSlos } from '../../../lib/commands/slo/import.ts'
import type { SloDraft } from '../../../lib/commands/slo/parse-slo.ts'
import { saveSlo } from '../../../lib/commands/slo/save.ts'
import type { RuleSpec } from '../../../lib/domain/rule/rule.ts'
import { findingSentence } from '../../../lib/domain/slo/check.ts'
import { HOUR, MINUTE } from '../../../lib/domain/time/instant.ts'
import type { CommandResult } from '../../../lib/ports/command-result.ts'
import { monitorJson } from '../../support/pipeline.ts'
import { testStack } from '../../support/stack.ts'

const stack = await testStack()
let projectId: string
let admin: ReturnType<typeof depsOf>
let responder: ReturnType<typeof depsOf>

function depsOf(client: unknown) {
  return {
    commands: createSloCommands(client as never),
    reader: createSloReader(client as never),
    say: (...[finding, target]: Parameters<Parameters<typeof saveSlo>[0]['say']>) =>
      findingSentence(finding, target, 'en'),
  }
}

beforeAll(async () => {
  const [project] = await stack.sql<{ id: string }[]>`
    insert into public.projects (slug, name) values ('demo', 'Demo') returning id`
  projectId = project?.id ?? ''
  await stack.sql`
    select private.write_monitor(${projectId}, ${stack.sql.json(monitorJson({ key: 'api', intervalSeconds: 60 }) as never)}, null, 'ann', null)`
  admin = depsOf((await stack.user('admin', projectId)).client)
  responder = depsOf((await stack.user('responder', projectId)).client)
})

const draft = (more: Partial<SloDraft> = {}): SloDraft => ({
  key: 'uptime',
  name: 'Uptime',
  description: '',
  kind: 'availability',
  monitors: ['api'],
  tag: '',
  metric: '',
  where: '',
  threshold: '',
  counts: 'bad',
  totalMetric: '',
  totalWhere: '',
  vital: '',
  page: '',
  target: '99,9',
  windowKind: 'rolling',
  days: '30',
  unit: '',
  timeZone: 'UTC',
  method: 'occurrences',
  sliceMinutes: '5',
  sliceTarget: '100',
  ...more,
})
const fieldsOf = (answer: CommandResult<unknown>) =>
  answer.ok ? [] : answer.errors.map(({ field, code }) => [field, code])

describe('saving', () => {
  test('makes an SLO, changes it, and leaves it alone when nothing is different; each change is in the audit log', async () => {
    const made = await saveSlo(admin, projectId, null, draft())
    expect(made).toMatchObject({ ok: true, value: { result: 'created' } })
    const id = made.ok ? made.value.id : ''
    expect(await saveSlo(admin, projectId, id, draft())).toMatchObject({ value: { result: 'unchanged' } })
    expect(await saveSlo(admin, projectId, id, draft({ target: '99.5' }))).toMatchObject({
      value: { result: 'updated' },
    })
    expect(await admin.reader.list(projectId)).toMatchObject([{ id, key: 'uptime', target: 0.995, slice: null }])
    const log = await stack.sql`
      select action, details from public.audit_entries where subject_kind = 'slo' and subject_id = ${id} order by id`
    expect(log).toMatchObject([
      { action: 'slo_created' },
      { action: 'slo_updated', details: { target: { from: 0.999, to: 0.995 } } },
    ])
  })
  test.each([
    ['a key that is taken', {}, [['key', 'PT409']]],
    [
      'no name, no target',
      { key: 'b', name: '', target: '' },
      [
        ['name', 'invalid'],
        ['target', 'invalid'],
      ],
    ],
    ['a target that one probe breaks', { key: 'b', target: '99.999' }, [['target', 'never_met']]],
    ['a monitor that is not there', { key: 'b', monitors: ['ghost'] }, [['monitors', 'unknown']]],
    [
      'a ratio without a metric',
      { key: 'b', kind: 'ratio' },
      [
        ['metric', 'invalid'],
        ['totalMetric', 'invalid'],
      ],
    ],
    [
      'a condition that is none',
      { key: 'b', kind: 'latency', metric: 'x', where: 'route', threshold: '1' },
      [['where', 'invalid']],
    ],
    [
      'a threshold that is no number',
      { key: 'b', kind: 'latency', metric: 'x', threshold: 'fast' },
      [['threshold', 'invalid']],
    ],
  ])('%s is refused at its field', async (_name, more, fields) => {
    expect(fieldsOf(await saveSlo(admin, projectId, null, draft(more)))).toEqual(fields)
  })
  test('a responder may not', async () => {
    expect(fieldsOf(await saveSlo(responder, projectId, null, draft({ key: 'c' })))).toEqual([[null, 'PT403']])
  })
})

describe('alerts on the burn rate', () => {
  const spec = {
    key: 'uptime',
    name: 'Uptime',
    target: 0.999,
    window: { kind: 'rolling', days: 30 },
    slice: null,
  } as const

  test('are one rule that pages and one that asks for a ticket, each on a long and a short window', () => {
    const rules = burnRulesOf(spec)
    expect(rules.map(({ key, condition, forMs }) => ({ key, condition, forMs }))).toEqual([
      {
        key: 'uptime-burn-page',
        forMs: 0,
        condition: {
          kind: 'burn_rate',
          slo: 'uptime',
          windows: [
            { factor: 14.4, longMs: HOUR, shortMs: 5 * MINUTE },
            { factor: 6, longMs: 6 * HOUR, shortMs: 30 * MINUTE },
          ],
          minBadEvents: 2,
          level: 'critical',
        },
      },
      {
        key: 'uptime-burn-ticket',
        forMs: 0,
        condition: {
          kind: 'burn_rate',
          slo: 'uptime',
          windows: [
            { factor: 3, longMs: 24 * HOUR, shortMs: 2 * HOUR },
            { factor: 1, longMs: 72 * HOUR, shortMs: 6 * HOUR },
          ],
          minBadEvents: 2,
          level: 'warning',
        },
      },
    ])
  })
  test('leave out what can never be reached', () => {
    const rules = burnRulesOf({ ...spec, target: 0.75 })
    expect(rules.map(({ key }) => key)).toEqual(['uptime-burn-ticket'])
  })
  test('have keys that fit, however long the SLO’s is', () => {
    expect(burnRuleKey('a'.repeat(63), 'page')).toMatch(/^a+-burn-page$/)
    expect(burnRuleKey('a'.repeat(63), 'ticket')).toHaveLength(63)
  })
  test('stop at a rule that is refused, and say why', async () => {
    const saved: string[] = []
    const rules = {
      save: async (_project: string, rule: RuleSpec): Promise<CommandResult<string>> => {
        if (saved.length === 1) return { ok: false, errors: [{ field: null, code: 'PT403', message: 'no' }] }
        saved.push(rule.key)
        return { ok: true, value: 'id' }
      },
    }
    const slo = {
      ...spec,
      description: '',
      indicator: { kind: 'web_vital', vital: 'lcp', page: null },
      method: 'occurrences',
    } as const
    expect(fieldsOf(await alertOnBurn(rules, projectId, slo))).toEqual([[null, 'PT403']])
    expect(saved).toEqual(['uptime-burn-page'])
  })
})

test('what is exported can be imported: the same SLOs, with the same rules', async () => {
  const rules: RuleSpec[] = []
  const deps = {
    ...admin,
    rules: {
      save: async (_project: string, rule: RuleSpec) => ({ ok: true as const, value: String(rules.push(rule)) }),
    },
    syntax: { read: readOpenSlo },
  }
  const before = await admin.reader.list(projectId)
  const text = exportSlos({ write: writeOpenSlo }, before)
  expect(await importSlos(deps, projectId, text)).toEqual({
    ok: true,
    value: { created: 0, updated: 0, unchanged: before.length, rules: 2 * before.length },
  })
  expect(rules).toEqual(before.flatMap(burnRulesOf))
  const other = await importSlos(deps, projectId, text.replace('name: uptime', 'name: other'))
  expect(other).toMatchObject({ ok: true, value: { created: 1 } })
  expect(await importSlos(deps, projectId, text.replace('target: 0.995', 'target: 7'))).toMatchObject({
    ok: false,
    errors: [{ field: 'text', message: 'uptime: spec.objectives.0.target must be below 1' }],
  })
  // 14.4 times needs a target of 93.06 % at least.
  const low = await importSlos(deps, projectId, text.replace('target: 0.995', 'target: 0.9'))
  expect(low.ok ? [] : low.errors.map(({ message }) => message)).toEqual([
    'uptime: alert uptime-burn-page-1 can never fire: a burn rate of 14.4 is above 10, that of a total outage',
  ])
  expect((await admin.reader.list(projectId)).map(({ target }) => target)).toEqual([0.995, 0.995])
})

test('deleting needs an admin, and an SLO that is there', async () => {
  const [slo] = await admin.reader.list(projectId)
  expect(fieldsOf(await deleteSlo(responder.commands, projectId, slo?.id ?? ''))).toEqual([[null, 'PT403']])
  expect(await deleteSlo(admin.commands, projectId, slo?.id ?? '')).toEqual({ ok: true, value: null })
  expect(fieldsOf(await deleteSlo(admin.commands, projectId, slo?.id ?? ''))).toEqual([[null, 'PT404']])
})
