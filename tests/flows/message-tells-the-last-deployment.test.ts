import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { DAY, MINUTE, toIso } from '../../lib/domain/time/instant.ts'
import { type Pipeline, pipelineSupport, START_AT } from '../support/pipeline.ts'

const { start } = await pipelineSupport()

async function deploy(pipeline: Pipeline, at: number, given: Record<string, unknown> = {}): Promise<void> {
  const facts = { service: 'shop', branch: 'main', commit: '3f1c9a27d0b8', commit_message: '', url: '' }
  const message = { source: 'api', external_id: randomUUID(), environment: 'production', status: 'succeeded', at }
  await pipeline.sql`
    select public.store_deployment(${pipeline.projectId}, ${pipeline.sql.json({ ...facts, ...message, ...given } as never)})`
}

async function lastDeploymentTold(pipeline: Pipeline): Promise<unknown> {
  await pipeline.addChannel('ops')
  await pipeline.addMonitor({ key: 'api' })
  pipeline.prober.behave('api', 'down')
  await pipeline.runFor(5 * MINUTE)
  const [sent] = pipeline.provider.received
  expect(sent?.kind).toBe('incident.triggered')
  return (sent?.data as { lastDeployment: unknown } | undefined)?.lastDeployment
}

test('the message of an incident names what went live last before it', async () => {
  const pipeline = await start()
  await deploy(pipeline, START_AT - 60 * MINUTE, { commit: 'aaaa' })
  await deploy(pipeline, START_AT - 3 * MINUTE)
  expect(await lastDeploymentTold(pipeline)).toEqual({ at: toIso(START_AT - 3 * MINUTE), name: 'shop 3f1c9a2' })
})

test('a preview, a failure, a plan and what went live long ago are no answer', async () => {
  const pipeline = await start()
  await deploy(pipeline, START_AT - MINUTE, { environment: 'preview' })
  await deploy(pipeline, START_AT - MINUTE, { status: 'failed' })
  await deploy(pipeline, START_AT + DAY)
  await deploy(pipeline, START_AT - 31 * DAY)
  expect(await lastDeploymentTold(pipeline)).toBeNull()
})
