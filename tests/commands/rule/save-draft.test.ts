import { beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '../../../lib/adapters/supabase/create-client.ts'
import { createRuleCommands } from '../../../lib/adapters/supabase/rule-commands.ts'
import { createRuleReader } from '../../../lib/adapters/supabase/rule-reader.ts'
import { createSloReader } from '../../../lib/adapters/supabase/slo-reader.ts'
import { createTelemetryReader } from '../../../lib/adapters/supabase/telemetry-reader.ts'
import { FRESH_DRAFT, type RuleDraft } from '../../../lib/commands/rule/rule-draft.ts'
import { saveDraft } from '../../../lib/commands/rule/save-draft.ts'
import { HOUR, MINUTE } from '../../../lib/domain/time/instant.ts'
import { checkChange, readEditorContext } from '../../../lib/queries/rule-editor.ts'
import { readIntervals } from '../../../lib/queries/rule-intervals.ts'
import { monitorJson } from '../../support/pipeline.ts'
import { NOW, scalars, telemetrySupport } from '../../support/telemetry.ts'

const support = await telemetrySupport()
const { sql } = support.stack
let projectId: string
let admin: Client
let responder: Client

const every = (stepMs: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ at: NOW - (count - index) * stepMs + 5_000, value: index }))

beforeAll(async () => {
  projectId = await support.addProject('shop')
  admin = (await support.stack.user('admin', projectId)).client as never
  responder = (await support.stack.user('responder', projectId)).client as never
  await support.send(projectId, {
    series: [
      scalars({ name: 'memory.used', unit: 'By', attributes: { host: 'a' } }, every(MINUTE, 60)),
      scalars({ name: 'temperature', unit: 'Cel' }, every(MINUTE, 60)),
      scalars({ name: 'backlog' }, every(HOUR, 10)),
      scalars(
        { name: 'errors', kind: 'counter', temporality: 'delta' },
        [55, 50, 12, 11, 3].map((minutes) => ({ at: NOW - minutes * 7 * MINUTE, value: 1 })),
      ),
    ],
  })
  await support.rollUp()
  await sql`
    select private.write_monitor(${projectId}, ${sql.json(monitorJson({ key: 'checkout' }) as never)}, null, 'ann', null)`
  await sql`
    insert into public.slos (project_id, key, name, indicator, method, "window", target)
    values (${projectId}, 'api', 'API', '{"kind": "availability", "monitors": {"keys": null, "tag": null}, "counting": "count"}',
      'occurrences', '{"kind": "rolling", "days": 30}', 0.9)`
})

/** As the action of the page does it. */
async function save(changes: Partial<RuleDraft>, key: string | null = null, client = admin) {
  const deps = {
    telemetry: createTelemetryReader(client),
    rules: createRuleReader(client),
    slos: createSloReader(client),
  }
  const context = await readEditorContext(deps, projectId)
  return saveDraft(
    {
      commands: createRuleCommands(client),
      known: context.known,
      rules: context.rules,
      check: async (rule) =>
        checkChange(rule, key, context, NOW, await readIntervals(deps, projectId, rule, context, NOW)),
      nameOf: () => 'a rule',
    },
    projectId,
    key,
    { ...FRESH_DRAFT, ...changes },
  )
}

const line = (text: string, changes: Partial<RuleDraft> = {}) => save({ mode: 'line', line: text, ...changes })
const stored = async () => (await sql`select key from public.alert_rules order by key`).map(({ key }) => key)

describe('a line that makes no sense is refused at its field, with the reason, and nothing is saved', () => {
  test.each<[what: string, line: string, ...parts: string[]]>([
    ['an unknown metric', 'avg(memory.usde) > 1', '"memory.usde"', 'did you mean memory.used?'],
    ['an unknown metric, without data', 'absent(memory.usde) for 5m', 'did you mean memory.used?'],
    ['a metric of deployments, misspelt', 'sum(deployment.fail) > 0', 'did you mean deployment.failed?'],
    ['an attribute that it does not have', 'avg(memory.used{hots="a"}) > 1', 'did you mean host?'],
    ['units that do not fit each other', 'avg(memory.used) / avg(temperature) > 1', 'in Cel', 'means nothing'],
    ['a unit that does not fit the metric', 'avg(memory.used) > 5ms', 'Column 20'],
    ['a division by nothing', 'sum(errors) / sum(nothing) > 1', '"nothing"', 'nothing of that name has come so far'],
    ['a division by itself', 'sum(errors) / sum(errors) > 1', 'always 1'],
    ['a window shorter than its data', 'avg(backlog) over 30m > 1', 'is 30 min', 'comes every 1 h'],
    ['a rule that looks at itself', 'all(circle)', 'goes in a circle: circle → circle'],
    ['a rule that is not there', 'any(gone)', '"gone"'],
    ['a monitor that is not there', '3 failures in a row of monitor chekout', 'did you mean checkout?'],
    ['an SLO that is not there', 'burn(apo) 2x over 1h and 5m', 'did you mean api?'],
    ['a burn rate that no outage reaches', 'burn(api) 10.1x over 1h and 5m', 'never be reached', '10 times'],
    ['limits in the wrong order', 'avg(memory.used) > 5 [warn > 6]', 'must be above the warning'],
    ['what cannot be read', 'avg(memory.used > 5', 'Column 17'],
  ])('%s', async (_what, text, ...parts) => {
    const answer = await line(text, { key: 'circle' })
    if (answer.ok) throw new Error('it was saved')
    expect(answer.errors.map(({ field }) => field)).toEqual(['line'])
    for (const part of parts) expect(answer.errors[0]?.message).toContain(part)
    expect(await stored()).toEqual([])
  })

  test.each<[what: string, changes: Partial<RuleDraft>, field: keyof RuleDraft]>([
    ['an unknown metric', { metric: 'memory.usde', aggregate: 'avg', critical: '1' }, 'metric'],
    ['no metric', { metric: '', aggregate: 'avg', critical: '1' }, 'metric'],
    [
      'a share of nothing',
      { kind: 'ratio', metric: 'errors', aggregate: 'sum', perMetric: '', critical: '1%' },
      'perMetric',
    ],
    ['a window shorter than its data', { metric: 'backlog', aggregate: 'avg', critical: '1', window: '30m' }, 'window'],
    ['no limit', { metric: 'memory.used', aggregate: 'avg', critical: '', warning: '' }, 'critical'],
  ])('as a sentence: %s', async (_what, changes, field) => {
    const answer = await save({ mode: 'sentence', key: 'sentence', ...changes })
    if (answer.ok) throw new Error('it was saved')
    expect(answer.errors.map((error) => error.field)).toContain(field)
    expect(await stored()).toEqual([])
  })
})

test('what comes when something happens may be looked at in windows of any length', async () => {
  expect(await line('sum(errors) over 1m > 3', { key: 'errors' })).toEqual({ ok: true, value: 'errors' })
  expect(await line('sum(deployment.failed) over 1m > 0', { key: 'deploys' })).toMatchObject({ ok: true })
  expect(await line('avg(backlog) over 1h > 3', { key: 'backlog' })).toMatchObject({ ok: true })
})

test('a circle over several rules is refused when it would be closed', async () => {
  expect(await line('any(errors)', { key: 'outer' })).toMatchObject({ ok: true })
  const answer = await save({ mode: 'line', line: 'all(outer)' }, 'errors')
  expect(answer).toMatchObject({ ok: false, errors: [{ message: 'It goes in a circle: errors → outer → errors.' }] })
})

test('a rule is kept quiet by rules that there are, and one that is gone does not keep it from being renamed', async () => {
  const quiet = { mode: 'line' as const, line: 'avg(memory.used) > 5', key: 'quiet' }
  expect(await save({ ...quiet, inhibitedBy: 'eror (same host)' })).toMatchObject({
    ok: false,
    errors: [{ field: 'inhibitedBy', message: 'It names the rule "eror" that does not exist: did you mean errors?' }],
  })
  expect(await save({ ...quiet, inhibitedBy: 'errors (same host)', incidentBy: 'host, service' })).toMatchObject({
    ok: true,
  })
  expect(await sql`select incident_by, inhibited_by from public.alert_rules where key = 'quiet'`).toEqual([
    { incident_by: ['host', 'service'], inhibited_by: [{ rule: 'errors', equal: ['host'] }] },
  ])
  const circle = await save({ mode: 'line', line: 'sum(errors) over 1m > 3', inhibitedBy: 'quiet' }, 'errors')
  expect(circle).toMatchObject({
    errors: [{ field: 'inhibitedBy', message: 'It goes in a circle: errors → quiet → errors.' }],
  })
  await sql`select private.delete_rules(${projectId}, array['errors'], null, 'ann')`
  expect(await save({ ...quiet, name: 'Quiet', inhibitedBy: 'errors (same host)' }, 'quiet')).toMatchObject({
    ok: true,
  })
  expect(await save({ ...quiet, inhibitedBy: 'errors' }, 'quiet')).toMatchObject({ ok: false })
  const [entry] = await sql`
    select details from public.audit_entries where action = 'rule_updated' and subject_name = 'Quiet' order by id desc limit 1`
  expect(entry?.details).toMatchObject({ incident_by: { from: ['host', 'service'], to: null } })
})

test('only admins save', async () => {
  const before = await stored()
  expect(await save({ mode: 'line', line: 'avg(memory.used) > 5', key: 'mine' }, null, responder)).toMatchObject({
    ok: false,
    errors: [{ code: 'PT403' }],
  })
  expect(await stored()).toEqual(before)
})
