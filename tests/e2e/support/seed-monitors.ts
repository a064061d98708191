import type postgres from 'postgres'
import { type MonitorTarget, monitorTargetSchema } from '../../../lib/domain/monitor/config.ts'

type Severity = 'low' | 'medium' | 'high' | 'critical'
interface SeededMonitor {
  name: string
  target: { kind: MonitorTarget['kind']; config: Record<string, unknown> }
  intervalSeconds: number
  severity: Severity
  group: string
  tags: string[]
  isPaused?: boolean
}

/** A shop's worth of monitors, all of them on the demo target of the running product, so that they answer. */
function shopMonitors(demoUrl: string): SeededMonitor[] {
  const demo = new URL(demoUrl)
  const http = (path: string, expect: object = {}) => ({
    kind: 'http' as const,
    config: { url: `${demoUrl}${path}`, expect },
  })
  const tcp = { kind: 'tcp' as const, config: { host: demo.hostname, port: Number(demo.port) } }
  const monitor = (
    name: string,
    target: SeededMonitor['target'],
    severity: Severity,
    group: string,
    ...tags: string[]
  ) => ({ name, target, severity, group, tags, intervalSeconds: 60 })
  return [
    monitor('Checkout API', http('/?checkout'), 'critical', 'Shop', 'public', 'payments'),
    monitor('Storefront', http('/?storefront'), 'critical', 'Shop', 'public'),
    monitor('Search', http('/?search', { latencyMs: 2 }), 'high', 'Shop', 'public'),
    monitor('Accounts API', http('/?accounts'), 'high', 'Platform', 'internal'),
    monitor('Payment provider callback', http('/?callback'), 'critical', 'Shop', 'payments'),
    monitor('Image resizing', http('/?images'), 'medium', 'Platform'),
    monitor('Session cache', tcp, 'high', 'Platform', 'internal'),
    { ...monitor('Partner feed', http('/?feed'), 'low', 'Partners'), isPaused: true },
    monitor(
      'Nightly backup',
      { kind: 'heartbeat', config: { cron: '30 2 * * *', timeZone: 'Europe/Paris' } },
      'high',
      'Jobs',
    ),
  ]
}

/** Adds the monitors to the project, as if an admin had. */
export async function seedMonitors(sql: postgres.Sql, projectId: string, demoUrl: string): Promise<void> {
  for (const seeded of shopMonitors(demoUrl)) {
    const { kind, config } = monitorTargetSchema.parse(seeded.target)
    const monitor = {
      key: seeded.name.toLowerCase().replaceAll(' ', '-'),
      name: seeded.name,
      kind,
      config,
      interval_seconds: seeded.intervalSeconds,
      timeout_ms: 5_000,
      severity: seeded.severity,
      confirm_failures: 2,
      confirm_successes: 2,
      tags: seeded.tags,
      group_name: seeded.group,
      runbook_url: seeded.severity === 'critical' ? 'https://wiki.example.com/runbooks/checkout' : '',
      notify_channel_ids: [],
    }
    const [row] = await sql<{ id: string }[]>`
      select private.write_monitor(${projectId}, ${sql.json(monitor as never)}, null, 'admin@example.com', null) ->> 'id' as id`
    if (seeded.isPaused) await sql`select private.set_monitor_paused(${row?.id ?? ''}, true, null, 'admin@example.com')`
    if (kind === 'heartbeat')
      await sql`select public.record_heartbeat_ping(${row?.id ?? ''}, 'success', 0, null, '3.2 GB written')`
  }
}
