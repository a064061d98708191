import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createDeploymentStore } from '../../lib/adapters/supabase/deployment-reader.ts'
import { createRuleReader } from '../../lib/adapters/supabase/rule-reader.ts'
import { createRuleStore } from '../../lib/adapters/supabase/rule-store.ts'
import type { DeploymentMessage, DeploymentStatus } from '../../lib/domain/deployment/deployment.ts'
import type { Condition } from '../../lib/domain/series/question.ts'
import { HOUR, MINUTE } from '../../lib/domain/time/instant.ts'
import { testStack } from '../support/stack.ts'

const AT = Date.UTC(2026, 10, 21, 9)
const stack = await testStack()
const addProject = async (slug: string) =>
  (
    await stack.sql<{ id: string }[]>`insert into public.projects (slug, name) values (${slug}, ${slug}) returning id`
  )[0]?.id ?? ''
const projectId = await addProject('shop')
const otherId = await addProject('other')
const deployments = createDeploymentStore(stack.service as never)
const rules = createRuleStore(stack.service as never, { error: () => undefined })

const tell = (status: DeploymentStatus, at: number, given: Partial<DeploymentMessage> = {}, project = projectId) =>
  deployments.record(project, {
    source: 'railway',
    externalId: randomUUID(),
    service: 'api',
    environment: 'production',
    branch: '',
    commit: '',
    commitMessage: '',
    url: '',
    createdAt: null,
    status,
    at,
    ...given,
  })

await tell('succeeded', AT + 1 * MINUTE, { externalId: 'one' })
await tell('crashed', AT + 20 * MINUTE, { externalId: 'one' })
await tell('removed', AT + 25 * MINUTE, { externalId: 'one' })
await tell('failed', AT + 5 * MINUTE)
await tell('failed', AT + 6 * MINUTE, { service: 'web', source: 'vercel' })
await tell('failed', AT + 7 * MINUTE, { service: 'web', source: 'vercel', environment: 'preview' })
await tell('canceled', AT + 8 * MINUTE)
await tell('failed', AT + 9 * MINUTE, {}, otherId)

const count = async (metric: string, where: Record<string, Condition> = {}, groupBy: string[] = []) => {
  const span = { term: { metric, aggregate: 'sum' as const, where }, groupBy, from: AT, until: AT + HOUR }
  const [answer] = await rules.readFigures([{ projectId, span }])
  return Object.fromEntries((answer ?? []).map(({ group, figures }) => [group.join(' '), figures.sum]))
}

test.each<[string, Record<string, Condition>, string[], Record<string, number>]>([
  ['deployment.count', {}, [], { '': 4 }],
  ['deployment.failed', {}, [], { '': 3 }],
  ['deployment.failed', { environment: 'production' }, ['service'], { api: 1, web: 1 }],
  [
    'deployment.failed',
    { environment: 'production', platform: 'vercel' },
    ['service', 'platform'],
    { 'web vercel': 1 },
  ],
  ['deployment.failed', { service: { prefix: 'w' } }, ['environment'], { production: 1, preview: 1 }],
  // A crash stays one when the deployment was replaced.
  ['deployment.crashed', {}, ['service'], { api: 1 }],
  ['deployment.crashed', { service: 'web' }, [], {}],
  ['deployment.count', { service: null }, [], {}],
])('%s %j by %j counts what became of deployments of this project alone', async (metric, where, by, expected) => {
  expect(await count(metric, where, by)).toEqual(expected)
})

test('a span holds its first instant and not its last', async () => {
  const span = (from: number, until: number) => ({
    projectId,
    span: { term: { metric: 'deployment.failed', aggregate: 'sum' as const }, groupBy: [], from, until },
  })
  const answers = await rules.readFigures([
    span(AT + 5 * MINUTE, AT + 6 * MINUTE),
    span(AT + 4 * MINUTE, AT + 5 * MINUTE),
  ])
  expect(answers.map((answer) => answer[0]?.figures.sum)).toEqual([1, undefined])
})

test('order and repetition of messages make no difference to when something failed', async () => {
  const stored = async (externalId: string) =>
    stack.sql`select failed_at, crashed_at from public.deployments where external_id = ${externalId}`
  const messages: [DeploymentStatus, number][] = [
    ['failed', AT],
    ['succeeded', AT + 1_000],
    ['crashed', AT + 2_000],
    ['crashed', AT + 3_000],
  ]
  for (const [status, at] of messages) await tell(status, at, { externalId: 'forth' }, otherId)
  for (const [status, at] of [...messages, ...messages].reverse())
    await tell(status, at, { externalId: 'back' }, otherId)
  expect(await stored('back')).toEqual(await stored('forth'))
  expect(await stored('back')).toEqual([{ failed_at: new Date(AT), crashed_at: new Date(AT + 3_000) }])
})

const question = { groupBy: ['service'], where: {}, from: AT, until: AT + HOUR, wantsHistograms: false }

test('members back-test over the same outcomes, minute by minute, and others over nothing', async () => {
  const viewer = await stack.user('viewer', projectId)
  const asked = [{ ...question, metric: 'deployment.failed', groupsMax: 10, rowsMax: 100 }]
  const [stored] = await createRuleReader(viewer.client as never).readMinutes(projectId, asked)
  const lines = stored?.lines.map(({ group, minutes }) => [
    group[0],
    [...minutes.at].map((at, index) => [(at - AT) / MINUTE, minutes.sum[index]]),
  ])
  expect(Object.fromEntries(lines ?? [])).toEqual({
    api: [
      [1, 0],
      [5, 1],
    ],
    web: [
      [6, 1],
      [7, 1],
    ],
  })
  const stranger = await stack.user('owner', otherId)
  await expect(createRuleReader(stranger.client as never).readMinutes(projectId, asked)).rejects.toThrow(
    'no such project',
  )
})
