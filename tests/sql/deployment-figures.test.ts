import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { createReportReader } from '../../lib/adapters/supabase/report-reader.ts'
import { testStack } from '../support/stack.ts'

const FROM = Date.UTC(2026, 10, 16)
const HOUR = 3_600_000
const { sql, service } = await testStack()
const [row] = await sql<{ id: string }[]>`insert into public.projects (slug, name) values ('shop', 'shop') returning id`
const projectId = row?.id ?? ''

beforeEach(() => sql`truncate public.deployments`)

async function tell(...messages: { status: string; at: number; environment?: string }[]): Promise<void> {
  const external_id = randomUUID()
  const facts = { service: 'shop', branch: '', commit: '', commit_message: '', url: '' }
  for (const message of messages) {
    const full = { source: 'api', external_id, environment: 'production', ...facts, ...message }
    await sql`select public.store_deployment(${projectId}, ${sql.json(full)})`
  }
}

async function figures() {
  const span = { from: FROM, until: FROM + 7 * 24 * HOUR }
  return (await createReportReader(service as never).readFigures(projectId, span, 'UTC')).deployments
}

test('a project that never told a deployment has no figure, and one that rested this week has zero', async () => {
  expect(await figures()).toBeNull()
  await tell({ status: 'succeeded', at: FROM - HOUR })
  expect(await figures()).toEqual({ succeeded: 0, failed: 0 })
})

test('each deployment to production counts once, in the week in which it was begun, by how it ended', async () => {
  await tell({ status: 'building', at: FROM }, { status: 'succeeded', at: FROM + HOUR })
  await tell({ status: 'failed', at: FROM + HOUR })
  await tell({ status: 'succeeded', at: FROM + HOUR }, { status: 'crashed', at: FROM + 2 * HOUR })
  await tell({ status: 'succeeded', at: FROM + HOUR }, { status: 'removed', at: FROM + 2 * HOUR })
  await tell({ status: 'canceled', at: FROM + HOUR })
  await tell({ status: 'building', at: FROM + HOUR })
  await tell({ status: 'succeeded', at: FROM + HOUR, environment: 'preview' })
  await tell({ status: 'succeeded', at: FROM + 7 * 24 * HOUR })
  expect(await figures()).toEqual({ succeeded: 2, failed: 2 })
})
