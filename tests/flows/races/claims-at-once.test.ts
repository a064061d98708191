import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createInstances } from '../../support/instances.ts'
import { pipelineSupport } from '../../support/pipeline.ts'

const { stack, start } = await pipelineSupport()
const instances = await createInstances(stack.sql, 8)

describe.each([2, 4, 8])('%i workers at once', (count) => {
  const workers = instances.slice(0, count)

  /** Everybody claims until nothing is left; nobody waits for anybody. */
  async function claimAll<T>(claim: (worker: (typeof workers)[number]) => Promise<T[]>): Promise<T[]> {
    const shares = await Promise.all(
      workers.map(async (worker) => {
        const share: T[] = []
        // Once more after an empty answer: what another worker held locked for a moment may be free by then.
        for (let empty = 0; empty < 2; ) {
          const claims = await claim(worker)
          empty = claims.length === 0 ? empty + 1 : 0
          share.push(...claims)
        }
        return share
      }),
    )
    return shares.flat()
  }

  test('claim each due monitor exactly once', async () => {
    const pipeline = await start()
    for (let index = 0; index < 60; index++) await pipeline.addMonitor({ key: `site-${index}` })
    const claims = await claimAll(async (worker) => (await worker.claimDueMonitors(7)).claims)
    expect(claims).toHaveLength(60)
    expect(new Set(claims.map(({ monitor }) => monitor.id)).size).toBe(60)
    expect(new Set(claims.map(({ token }) => token)).size).toBe(60)
  })

  test('claim each due notification exactly once', async () => {
    const pipeline = await start()
    const channelId = await pipeline.addChannel('ops')
    await pipeline.sql`
      insert into public.notifications (project_id, channel_id, kind, dedupe_key, reason, payload, created_at, next_attempt_at)
      select ${pipeline.projectId}, ${channelId}, 'test', gen_random_uuid()::text, 'x', '{}', private.now(), private.now()
      from generate_series(1, 100)`
    const claims = await claimAll(async (worker) => (await worker.claimNotifications(7)).claims)
    expect(claims).toHaveLength(100)
    expect(new Set(claims.map(({ id }) => id)).size).toBe(100)
    expect(claims.every(({ attempt }) => attempt === 1)).toBe(true)
  })

  test('claim the report of a week exactly once', async () => {
    const pipeline = await start()
    for (const week of ['2026-11-02', '2026-11-09', '2026-11-16']) {
      const answers = await Promise.all(
        Array.from({ length: count }, async () => {
          const [row] = await pipeline.sql`
            select public.claim_report(${pipeline.projectId}, ${week}, ${week}) as claim`
          return row?.claim
        }),
      )
      expect(answers.filter((claim) => claim !== null)).toHaveLength(1)
    }
    expect(await pipeline.sql`select from public.reports`).toHaveLength(3)
  })

  test('that decide the same thing write it once', async () => {
    const pipeline = await start()
    const channelId = await pipeline.addChannel('ops')
    const incidentId = randomUUID()
    await pipeline.sql`
      insert into public.incidents (id, project_id, number, title, priority, reason, started_at, detected_at)
      values (${incidentId}, ${pipeline.projectId}, 1, 'x', 'P1', 'x', private.now(), private.now())`
    const insert = () =>
      pipeline.sql`
        select private.insert_notifications(jsonb_build_array(jsonb_build_object('id', gen_random_uuid(), 'channel_id', ${channelId}::text,
          'kind', 'incident.triggered', 'episode', 0, 'dedupe_key', 'same', 'reason', 'x', 'payload', '{"incident": {}}'::jsonb)),
          ${pipeline.projectId}, ${incidentId}, null) as written`
    const answers = await Promise.all(Array.from({ length: count }, insert))
    expect(answers.map(([row]) => row?.written).sort()).toEqual([...Array(count - 1).fill(0), 1])
  })
})
