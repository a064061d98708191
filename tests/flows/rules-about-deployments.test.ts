import { expect, test } from 'vitest'
import { createDeploymentStore } from '../../lib/adapters/supabase/deployment-reader.ts'
import type { DeploymentStatus } from '../../lib/domain/deployment/deployment.ts'
import { PRODUCTION } from '../../lib/domain/pack/production.ts'
import { specOfRow } from '../../lib/domain/pack/spec-of-row.ts'
import { pipelineSupport } from '../support/pipeline.ts'
import { ruleSupport, writeRule } from '../support/rules.ts'

const { start } = await pipelineSupport()

async function startWith(rowId: string) {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  const rules = await ruleSupport(pipeline)
  const row = PRODUCTION.rows.find(({ id }) => id === rowId)
  const spec = row && specOfRow(PRODUCTION, row, { locale: 'en', metrics: new Set(), tokenBudget: null, channels: [] })
  if (!spec) throw new Error(`no row ${rowId}`)
  await writeRule(pipeline.sql, pipeline.projectId, spec)
  const store = createDeploymentStore(pipeline.stack.service as never)
  const tell = (status: DeploymentStatus, environment = 'production', externalId = 'one') =>
    store.record(pipeline.projectId, {
      source: 'railway',
      externalId,
      service: 'api',
      environment,
      branch: 'main',
      commit: '3f1c9a2',
      commitMessage: '',
      url: '',
      createdAt: null,
      status,
      at: pipeline.clock.now(),
    })
  return { pipeline, rules, tell }
}

test('a deployment that failed is told with the service, and is over ten minutes later', async () => {
  const { pipeline, rules, tell } = await startWith('deployment-failed')
  await tell('succeeded', 'production', 'before')
  await rules.live([null])
  await tell('failed', 'preview', 'preview')
  await rules.live([null, null])
  expect(await rules.alerts()).toEqual([])
  await tell('failed')
  await rules.live([null, null])
  expect(await rules.alerts()).toMatchObject([
    { status: 'firing', level: 'critical', group_key: '["api"]', told: true },
  ])
  expect(await pipeline.incidents()).toMatchObject([{ priority: 'P1', title: 'Deployment failed is critical: api' }])
  await rules.live(Array.from({ length: 10 }, () => null))
  expect(await rules.alerts()).toMatchObject([{ status: 'resolved' }])
  expect(pipeline.complaints).toEqual([])
})

test('a service that crashed is told, also when it is back before anybody looked', async () => {
  const { rules, tell } = await startWith('service-crashed')
  await tell('succeeded')
  await rules.live([null, null])
  expect(await rules.alerts()).toEqual([])
  await tell('crashed')
  await tell('restarted')
  await rules.live([null, null])
  expect(await rules.alerts()).toMatchObject([{ status: 'firing', group_key: '["api"]' }])
})
