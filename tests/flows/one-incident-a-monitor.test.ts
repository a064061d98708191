import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RuleCondition } from '../../lib/domain/rule/condition.ts'
import { MINUTE } from '../../lib/domain/time/instant.ts'
import { type Pipeline, pipelineSupport } from '../support/pipeline.ts'
import { ruleSupport } from '../support/rules.ts'

const { start } = await pipelineSupport()

const FAILURES: RuleCondition = {
  kind: 'consecutive_failures',
  monitors: { keys: null, tag: null },
  failures: 2,
  level: 'critical',
}
const answered = (windowMs: number, warning: number, critical: number): RuleCondition => ({
  kind: 'threshold',
  source: { of: { metric: 'probe.success', aggregate: 'avg', where: { monitor: 'checkout' } } },
  windowMs,
  operator: 'below',
  warning: { value: warning, recovery: null },
  critical: { value: critical, recovery: null },
  minCount: 0,
})

type Step = 'down' | 'up' | 'degraded' | 'acknowledge' | 'resolve' | 'pause'

/** Found once: no alert fires, and the incident waits for a monitor that nobody probes to be stable. */
const PAUSED_BETWEEN_TWO_TURNS: [Step, number][] = [
  ['degraded', 1],
  ['down', 1],
  ['degraded', 1],
  ['down', 1],
  ['up', 1],
  ['pause', 1],
]

async function take(pipeline: Pipeline, monitorId: string, step: Step): Promise<void> {
  const [open] = (await pipeline.incidents()).filter(({ status }) => status !== 'resolved')
  if (step === 'pause') {
    await pipeline.pauseMonitor(monitorId, true)
    await pipeline.pauseMonitor(monitorId, false)
  } else if (step === 'acknowledge' || step === 'resolve') {
    if (open?.status === 'triggered') await pipeline.changeIncident(open.id, step)
  } else pipeline.prober.behave('checkout', step)
}

/** No two open incidents about the monitor, and no channel told twice of one episode. */
async function expectOneOfEach({ sql }: Pipeline): Promise<void> {
  const open = await sql`
    select distinct incidents.id from public.incidents join public.alerts on alerts.incident_id = incidents.id
    where incidents.status <> 'resolved' and coalesce(alerts.monitor_id, alerts.about_monitor_id) is not null`
  expect(open.length).toBeLessThanOrEqual(1)
  const twice = await sql`
    select incident_id from public.notifications where kind = 'incident.triggered'
    group by incident_id, episode, channel_id having count(*) > 1`
  expect(twice).toEqual([])
}

test('whatever happens, one monitor and its rules have one open incident, nobody is told twice, and every beginning has its end', async () => {
  const step = fc.tuple(
    fc.constantFrom<Step>('down', 'down', 'up', 'up', 'degraded', 'acknowledge', 'resolve', 'pause'),
    fc.integer({ min: 1, max: 3 }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 9 }), async (steps) => {
      const pipeline = await start()
      await pipeline.addChannel('ops')
      await pipeline.addChannel('mail', 'email')
      await pipeline.addChannel('pager', 'sms', 'critical')
      const monitorId = await pipeline.addMonitor({ key: 'checkout' })
      const rules = await ruleSupport(pipeline)
      await rules.addRule({ key: 'failures', condition: FAILURES })
      await rules.addRule({ key: 'short', condition: answered(MINUTE, 0.9, 0.5) })
      const severity = { warning: 'low', critical: 'high' } as const
      await rules.addRule({ key: 'long', condition: answered(8 * MINUTE, 0.9, 0.6), severity })
      const live = async (minutes: number) => {
        for (let n = 0; n < minutes; n += 1) {
          await pipeline.runTick()
          await rules.evaluate()
          await expectOneOfEach(pipeline)
          await pipeline.sleepFor(20_000)
          await rules.evaluate()
        }
      }
      for (const [what, minutes] of steps) {
        await take(pipeline, monitorId, what)
        await live(minutes)
      }
      pipeline.prober.behave('checkout', 'up')
      await live(15)
      await pipeline.sleepFor(30 * MINUTE)
      await live(3)
      const left = await pipeline.sql`select id from public.incidents where status <> 'resolved'`
      expect(left).toEqual([])
      expect(await pipeline.sql`select id from public.alerts where status = 'firing'`).toEqual([])
      const endless = await pipeline.sql`
        select begun.id from public.notifications as begun
        where begun.kind = 'incident.triggered' and not exists (
          select from public.notifications as ended
          where ended.kind = 'incident.resolved' and ended.incident_id = begun.incident_id
            and ended.channel_id = begun.channel_id and ended.episode = begun.episode)`
      expect(endless).toEqual([])
      expect(pipeline.complaints).toEqual([])
    }),
    { numRuns: 3, examples: [[PAUSED_BETWEEN_TWO_TURNS]] },
  )
}, 300_000)
