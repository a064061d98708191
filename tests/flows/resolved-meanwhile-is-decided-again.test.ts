import { expect, test } from 'vitest'
import { MINUTE } from '../../lib/domain/time/instant.ts'
import { pipelineSupport } from '../support/pipeline.ts'

const { start } = await pipelineSupport()

test('a failure decided while a person resolves the incident is decided again and told', async () => {
  const pipeline = await start()
  await pipeline.addChannel('ops')
  const monitorId = await pipeline.addMonitor({ key: 'api' })
  await pipeline.runFor(MINUTE)
  // The settlement says "the incident is open already"; by the time it is stored, it is not.
  const [incident] = await pipeline.sql<{ id: string }[]>`
    insert into public.incidents (project_id, number, title, priority, status, reason, started_at, detected_at)
    select project_id, 99, 'api is down', 'P1', 'resolved', 'was down', now(), now() from public.monitors where id = ${monitorId}
    returning id`
  const [claimed] = await pipeline.sql<{ token: string; project_id: string }[]>`
    update public.monitor_states set lease_token = nextval('private.fencing_tokens'), leased_until = now() + interval '1 hour'
    where monitor_id = ${monitorId} returning lease_token as token, project_id`
  const [answer] = await pipeline.sql<{ stale: number }[]>`
    select (public.record_probe_results(${pipeline.sql.json({
      settlements: [
        {
          monitor_id: monitorId,
          project_id: claimed?.project_id ?? '',
          token: Number(claimed?.token),
          slot_at: new Date().toISOString(),
          state: 'down',
          incident: { op: 'continue', id: incident?.id ?? '', events: [] },
        },
      ],
    })}) ->> 'stale')::int as stale`
  expect(answer?.stale).toBe(1)
  const [state] = await pipeline.sql<{ state: string; free: boolean }[]>`
    select state, leased_until is null as free from public.monitor_states where monitor_id = ${monitorId}`
  expect(state).toEqual({ state: 'up', free: true })
})
