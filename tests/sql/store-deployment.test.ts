import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deploymentJson } from '../../lib/adapters/supabase/webhook-store.ts'
import {
  DEPLOYMENT_STATUSES,
  type DeploymentMessage,
  type DeploymentState,
} from '../../lib/domain/deployment/deployment.ts'
import { foldDeployment } from '../../lib/domain/deployment/fold.ts'
import { toIso } from '../../lib/domain/time/instant.ts'
import { testStack } from '../support/stack.ts'

const AT = Date.UTC(2026, 10, 21, 9)
const { sql } = await testStack()
const [project] = await sql<
  { id: string }[]
>`insert into public.projects (slug, name) values ('shop', 'shop') returning id`

const message = fc.record({
  status: fc.constantFrom(...DEPLOYMENT_STATUSES),
  at: fc.integer({ min: AT, max: AT + 50 }),
  createdAt: fc.option(fc.integer({ min: AT, max: AT + 50 })),
})

async function store(given: Partial<DeploymentMessage>): Promise<Record<string, unknown>> {
  const facts = { service: 'shop', environment: 'production', branch: '', commit: '', commitMessage: '', url: '' }
  const full = { source: 'api', externalId: 'x', status: 'queued', at: AT, createdAt: null, ...facts, ...given }
  const json = deploymentJson(full as DeploymentMessage)
  const [row] = await sql<{ stored: Record<string, unknown> }[]>`
    select public.store_deployment(${project?.id ?? ''}, ${sql.json(json as never)}) as stored`
  return row?.stored ?? {}
}

const iso = (at: number | null) => (at === null ? null : toIso(at))

test('the database folds messages as the program does, whatever their order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 6 }), async (messages) => {
      const externalId = randomUUID()
      let stored: Record<string, unknown> = {}
      for (const one of messages) stored = await store({ ...one, externalId })
      const state = messages.reduce<DeploymentState | null>(foldDeployment, null)
      expect(stored).toMatchObject({
        status: state?.status,
        status_at: iso(state?.statusAt ?? null),
        created_at: iso(state?.createdAt ?? null),
        ready_at: iso(state?.readyAt ?? null),
        finished_at: iso(state?.finishedAt ?? null),
      })
    }),
    { numRuns: 60 },
  )
})

test('what a message does not say, it does not take away', async () => {
  const externalId = randomUUID()
  await store({ externalId, branch: 'main', commit: 'abcd', commitMessage: 'fix', url: 'https://example.com' })
  expect(await store({ externalId, status: 'succeeded', at: AT + 10, commit: '' })).toMatchObject({
    branch: 'main',
    commit: 'abcd',
    commit_message: 'fix',
    url: 'https://example.com',
    status: 'succeeded',
  })
})
