import { expect, test } from 'vitest'
import { pipelineSupport } from '../../support/pipeline.ts'

const { stack, start } = await pipelineSupport()

test('people who pause, edit and delete many monitors never wait in a circle with a commit of results', async () => {
  const pipeline = await start()
  const admin = await stack.user('admin', pipeline.projectId)
  const ids: string[] = []
  for (let index = 0; index < 40; index++) ids.push(await pipeline.addMonitor({ key: `site-${index}` }))
  // Lite grants rights to a role at its first request, and several that do so at once stand in each other's way.
  await admin.client.from('monitors').select('id').limit(1)
  const rpc = async (name: string, args: Record<string, unknown>) => {
    const { error } = await admin.client.rpc(name, { p_project_id: pipeline.projectId, ...args })
    // 40P01 is what Postgres says to the one of two that it ends.
    expect(error?.message ?? null).toBeNull()
  }
  for (let round = 0; round < 6; round++) {
    await pipeline.sql`update public.monitor_states set lease_token = 1, last_slot_at = '2026-11-01', next_due_at = private.now()`
    const shuffled = [...ids].sort(() => Math.random() - 0.5)
    const commit = pipeline.sql`
      select public.record_probe_results(jsonb_build_object('settlements', jsonb_agg(jsonb_build_object(
        'monitor_id', monitor_id, 'project_id', project_id, 'token', 1, 'region', 'local', 'slot_at', '2026-11-23T09:00:00Z',
        'interval_seconds', 60, 'is_slotted', true, 'probed_at', '2026-11-23T09:00:00Z', 'verdict', 'up', 'state', 'up',
        'since_at', '2026-11-23T09:00:00Z', 'down_starts_at', jsonb_build_array()) order by random())))
      from public.monitor_states`
    await Promise.all([
      commit,
      rpc('pause_monitors', { p_monitor_ids: shuffled.slice(0, 20), p_paused: round % 2 === 0 }),
      rpc('edit_monitors', { p_monitor_ids: shuffled.slice(10, 30), p_changes: { interval_seconds: 60 + round } }),
      round === 5 ? rpc('delete_monitors', { p_monitor_ids: shuffled.slice(20) }) : Promise.resolve(),
    ])
  }
  expect(await pipeline.sql`select from public.monitors`).toHaveLength(20)
})
