import { beforeAll, describe, expect, test } from 'vitest'
import { queueRule, writeRule } from '../support/rules.ts'
import { type TestApi, testApi } from './support/api.ts'

let api: TestApi
let key: string
let otherKey: string
let incidentId: string

const minute = (n: number) => new Date(Date.UTC(2026, 10, 20, 9, n)).toISOString()

beforeAll(async () => {
  api = await testApi()
  const projectId = await api.addProject('shop')
  key = await api.addKey(projectId, 'shop', ['read'])
  otherKey = await api.addKey(await api.addProject('other'), 'other', ['read', 'write'])
  const { sql } = api.stack
  const [channel] = await sql`
    insert into public.channels (project_id, key, kind, name, config)
    values (${projectId}, 'ops', 'email', 'Ops', '{"to": ["ops@example.com"]}') returning id`
  const ruleId = await writeRule(
    sql,
    projectId,
    queueRule({
      groupBy: ['queue'],
      notifyChannelIds: [channel?.id],
      incidentBy: ['queue'],
      inhibitedBy: [{ rule: 'calm', equal: ['queue'] }],
    }),
  )
  for (const name of ['calm', 'quiet']) await writeRule(sql, projectId, queueRule({ key: name, name }))
  await sql`
    insert into public.rule_states (rule_id, project_id, group_key, group_values, state, status, level, value, reason, since_at, evaluated_at)
    values (${ruleId}, ${projectId}, '["mail"]', '{mail}', null, 'firing', 'critical', 200, 'max of queue.length is 200', ${minute(3)}, ${minute(4)}),
      (${ruleId}, ${projectId}, '["jobs"]', '{jobs}', null, 'inactive', null, 5, 'max of queue.length is 5', ${minute(1)}, ${minute(4)})`
  const [incident] = await sql`
    insert into public.incidents (project_id, number, title, priority, status, reason, started_at, detected_at)
    values (${projectId}, 7, 'Mail queue is critical', 'P0', 'triggered', 'above', ${minute(3)}, ${minute(3)}) returning id`
  incidentId = incident?.id
  await sql`
    insert into public.alerts (project_id, rule_id, kind, level, group_key, group_values, severity, incident_id, reason, started_at)
    values (${projectId}, ${ruleId}, 'rule', 'critical', '["mail"]', '{mail}', 'critical', ${incidentId}, 'max of queue.length is 200', ${minute(3)})`
})

const PATHS = ['/api/v1/rules', '/api/v1/rules/queue']

describe('who may read rules', () => {
  test.each(PATHS)('%s: a key of the project with the scope read', async (path) => {
    const response = await api.get(path, key)
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
  })

  test.each(PATHS)('%s: nobody without a key, nor with one of another scope', async (path) => {
    expect((await api.get(path)).status).toBe(401)
    const [project] = await api.stack.sql`select id from public.projects where slug = 'shop'`
    const ingest = await api.addKey(project?.id, 'shop', ['ingest'])
    expect((await api.get(path, ingest)).status).toBe(403)
    await api.stack.sql`delete from public.api_keys where name = ${ingest}`
  })

  test("another project's key sees none of them", async () => {
    expect(await (await api.get('/api/v1/rules', otherKey)).json()).toEqual({
      rules: [],
      evaluatedAt: null,
      next: null,
    })
    const response = await api.get('/api/v1/rules/queue', otherKey)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ detail: 'The project has no rule with the key queue.' })
    expect((await api.get(`/api/v1/incidents/${incidentId}`, otherKey)).status).toBe(404)
    expect(await (await api.get('/api/v1/incidents', otherKey)).json()).toEqual({ incidents: [], next: null })
  })
})

describe('rules', () => {
  test('say how they stand, and what they are in the words of vigie.yaml', async () => {
    const body = await (await api.get('/api/v1/rules/queue', key)).json()
    expect(body).toMatchObject({
      key: 'queue',
      name: 'Mail queue',
      status: 'firing',
      level: 'critical',
      value: 200,
      reason: 'max of queue.length is 200',
      since: minute(3),
      lastFiredAt: minute(3),
      groupsTotal: 2,
      groupsFiring: 1,
      rule: {
        enabled: true,
        when: 'max(queue.length) by (queue) over 1m > 100 [warn > 10]',
        noData: 'resolve',
        severity: { warning: 'medium', critical: 'critical' },
        notify: ['ops'],
        incidentBy: ['queue'],
        inhibitedBy: [{ rule: 'calm', equal: ['queue'] }],
        runbook: 'RB-007',
      },
      pack: null,
      url: 'https://vigie.example.com/shop/rules/queue',
    })
    expect(body.groups).toEqual([
      {
        labels: { queue: 'mail' },
        status: 'firing',
        level: 'critical',
        value: 200,
        reason: 'max of queue.length is 200',
        since: minute(3),
      },
      {
        labels: { queue: 'jobs' },
        status: 'inactive',
        level: null,
        value: 5,
        reason: 'max of queue.length is 5',
        since: minute(1),
      },
    ])
  })

  test('are listed with what is wrong first, filtered by status, and paged without one missing or twice', async () => {
    const keysOf = async (query: string) => {
      const { rules, next } = await (await api.get(`/api/v1/rules${query}`, key)).json()
      return [rules.map((rule: { key: string }) => rule.key), next]
    }
    expect(await keysOf('')).toEqual([['queue', 'calm', 'quiet'], null])
    expect(await keysOf('?status=firing')).toEqual([['queue'], null])
    expect(await keysOf('?status=ok')).toEqual([[], null])
    const [first, next] = await keysOf('?limit=2')
    expect(first).toEqual(['queue', 'calm'])
    expect(await keysOf(`?limit=2&after=${next}`)).toEqual([['quiet'], null])
  })

  test.each(['?status=bad', '?limit=0', '?after=x', '?after=9'])('%s is refused with the field', async (query) => {
    const response = await api.get(`/api/v1/rules${query}`, key)
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ errors: [{ field: query.slice(1).split('=')[0] }] })
  })

  test.each(['nope', 'A%20B', '%00'])('%s is none', async (name) => {
    expect((await api.get(`/api/v1/rules/${name}`, key)).status).toBe(404)
  })
})

describe('incidents of rules', () => {
  test('name the rules that they are about, in the list and alert by alert', async () => {
    const { incidents } = await (await api.get('/api/v1/incidents', key)).json()
    expect(incidents).toMatchObject([{ number: 7, monitors: [], rules: [{ key: 'queue', name: 'Mail queue' }] }])
    const body = await (await api.get('/api/v1/incidents/7', key)).json()
    expect(body.monitors).toEqual([])
    expect(body.rules).toEqual([
      {
        key: 'queue',
        name: 'Mail queue',
        group: ['mail'],
        level: 'critical',
        status: 'firing',
        reason: 'max of queue.length is 200',
        startedAt: minute(3),
        resolvedAt: null,
        runbook: 'RB-007',
        url: 'https://vigie.example.com/shop/rules/queue',
      },
    ])
  })
})
