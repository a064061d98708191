import { beforeAll, describe, expect, test } from 'vitest'
import { createIncidentReader } from '../../lib/adapters/supabase/incident-reader.ts'
import { createRuleReader } from '../../lib/adapters/supabase/rule-reader.ts'
import { createTelemetryReader } from '../../lib/adapters/supabase/telemetry-reader.ts'
import type { TestedRule } from '../../lib/domain/alert/back-test-step.ts'
import { createStoredAnswers } from '../../lib/domain/alert/stored-answers.ts'
import { valueOfFigures } from '../../lib/domain/rule/figures-of.ts'
import { parseOneLine } from '../../lib/domain/rule/one-line.ts'
import type { Aggregate } from '../../lib/domain/series/question.ts'
import { HOUR, MINUTE } from '../../lib/domain/time/instant.ts'
import { backTest } from '../../lib/queries/back-test.ts'
import { NOW, scalars, telemetrySupport } from '../support/telemetry.ts'

let support: Awaited<ReturnType<typeof telemetrySupport>>
let projectId: string
let client: Parameters<typeof createRuleReader>[0]

const FROM = NOW - 4 * HOUR

beforeAll(async () => {
  support = await telemetrySupport()
  projectId = await support.addProject('shop')
  client = (await support.stack.user('viewer', projectId)).client as never
  const queue = (name: string, valueAt: (minute: number) => number) =>
    scalars(
      { name: 'queue.length', attributes: { queue: name } },
      Array.from({ length: 239 }, (_, minute) => ({ at: FROM + minute * MINUTE + 7_000, value: valueAt(minute) })),
    )
  await support.send(projectId, {
    series: [
      queue('mail', (minute) => (minute >= 100 && minute < 130 ? 90 : 10 + (minute % 5))),
      queue('print', (minute) => 3 + (minute % 3)),
    ],
  })
  await support.rollUp()
})

function tested(line: string, changes: Partial<TestedRule> = {}): TestedRule {
  const read = parseOneLine(line)
  if (!read.ok) throw new Error(read.error.message)
  const { condition, groupBy, forMs, keepFiringForMs } = read.rule
  return {
    key: 'queue',
    condition,
    groupBy: groupBy ?? [],
    groupLimit: 10,
    forMs: forMs ?? 0,
    keepFiringForMs: keepFiringForMs ?? 0,
    noData: 'resolve',
    throttleMs: 0,
    repeatMs: 0,
    incidentBy: null,
    inhibitedBy: [],
    ...changes,
  }
}

function run(rule: TestedRule) {
  const deps = { rules: createRuleReader(client), incidents: createIncidentReader(client) }
  const known = { projectId, timeZone: 'UTC', rules: [], monitors: [], slos: new Map() }
  return backTest(deps, known, rule, 1, NOW)
}

describe('stored minutes of a rule', () => {
  test.each<Aggregate>(['avg', 'sum', 'min', 'max', 'last', 'count', 'p95'])(
    'come to the same %s as the store answers for the same hour, by group and of all series together',
    async (aggregate) => {
      for (const groupBy of [['queue'], []]) {
        const asked = { metric: 'queue.length', where: {}, groupBy, from: FROM, until: NOW }
        const [stored] = await createRuleReader(client).readMinutes(projectId, [
          { ...asked, wantsHistograms: true, groupsMax: 10, rowsMax: 1_000 },
        ])
        if (!stored) throw new Error('nothing is stored')
        const from = Math.ceil(FROM / HOUR) * HOUR
        const term = { metric: 'queue.length', aggregate, where: {} }
        const answers = createStoredAnswers([stored])({ term, groupBy, from, until: from + HOUR })
        const hour = { ...asked, aggregate, from, until: from + HOUR, stepMs: HOUR }
        const live = await createTelemetryReader(client).query(projectId, hour)
        const byGroup = new Map(live?.lines.map(({ group, points }) => [group.join(), points[0]?.value]))
        for (const { group, figures } of answers)
          expect(valueOfFigures(figures, aggregate, HOUR)).toBeCloseTo(byGroup.get(group.join()) ?? Number.NaN, 6)
        expect(answers).toHaveLength(groupBy.length + 1)
      }
    },
  )

  test('are read by nobody outside of the project', async () => {
    const other = await support.stack.user('viewer', await support.addProject('other'))
    const outsider = createRuleReader(other.client as never)
    const asked = { metric: 'queue.length', where: {}, groupBy: [], from: FROM, until: NOW }
    await expect(
      outsider.readMinutes(projectId, [{ ...asked, wantsHistograms: false, groupsMax: 10, rowsMax: 100 }]),
    ).rejects.toThrow('no such project')
  })
})

describe('a back-test over what is stored', () => {
  test('finds when a rule would have fired, in which group, how far beyond and for how long', async () => {
    const answer = await run(tested('avg(queue.length) by (queue) over 1m > 50 for 5m'))
    if (answer.kind !== 'tested') throw new Error(answer.kind)
    expect(answer.run.firings).toHaveLength(1)
    const [firing] = answer.run.firings
    expect(firing).toMatchObject({ group: ['mail'], level: 'critical', peak: 90 })
    // The minute that begins at 100 is known at 101, and five more have to be as bad.
    expect(((firing?.firedAt ?? 0) - FROM) / MINUTE).toBe(106)
    expect(((firing?.resolvedAt ?? 0) - FROM) / MINUTE).toBe(131)
    expect(answer.pages).toHaveLength(1)
  })

  test('adds the probes of all monitors up, unless it is split by them', async () => {
    const [monitor] = await support.stack.sql<{ id: string }[]>`
      insert into public.monitors (project_id, key, name, kind, config, interval_seconds, timeout_ms, severity)
      values (${projectId}, 'api', 'api', 'http', '{}', 60, 5000, 'high') returning id`
    await support.stack.sql`
      insert into public.probe_results (monitor_id, project_id, slot_at, probed_at, verdict, latency_ms)
      select ${monitor?.id ?? ''}, ${projectId}, at, at, 'up', 120
      from generate_series(${new Date(NOW - HOUR)}::timestamptz, ${new Date(NOW - MINUTE)}::timestamptz, interval '1 minute') as at`
    for (const [line, group] of [
      ['p95(probe.duration) > 100', []],
      ['p95(probe.duration) by (monitor) > 100', ['api']],
    ] as const) {
      const answer = await run(tested(line))
      if (answer.kind !== 'tested') throw new Error(answer.kind)
      expect(answer.run.firings.map((firing) => firing.group)).toEqual([group])
      expect(answer.groupsLeftOut).toBe(0)
    }
  })

  test('says that nothing is stored of a metric that nobody sent', async () => {
    expect(await run(tested('avg(nothing) > 50'))).toEqual({ kind: 'no_data' })
  })

  test('has no history of certificates', async () => {
    expect(await run(tested('certificate of * expires in 14d'))).toEqual({ kind: 'no_history' })
  })
})
