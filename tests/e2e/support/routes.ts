import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type postgres from 'postgres'
import { ROOT } from './vigie.ts'

/** What stands for the parameters of addresses in one running product. */
export interface Samples {
  slug: string
  monitorKey: string
  incidentNumber: number
  channelKey: string
  notificationId: string
  outboxId: string
  acknowledgePath: string
  integrationId: string
}

/** Nothing makes a KPI or an SLO by itself: `findSamples` describes these. */
const KPI_KEY = 'signups'
/** Nor a rule. */
const RULE_KEY = 'slow-probes'

const SLOW_PROBES = {
  kind: 'threshold',
  source: { of: { metric: 'probe.duration', aggregate: 'p95' } },
  windowMs: 300_000,
  operator: 'above',
  warning: null,
  critical: { value: 2_000, recovery: null },
  minCount: 0,
}
const SLO_KEY = 'uptime'
/** Nor a maintenance. */
const MAINTENANCE_ID = '6d1f0f5e-7a0b-4c1e-9b7e-0c4a3f3b2a10'

/** An address for each page. A new page needs one here, or the tests that visit every page fail. */
const ADDRESSES: Record<string, (samples: Samples) => string> = {
  '/': () => '/',
  '/setup': () => '/setup',
  '/sign-in': () => '/sign-in',
  '/ack/[token]': ({ acknowledgePath }) => acknowledgePath,
  '/[project]': ({ slug }) => `/${slug}`,
  '/[project]/monitors': ({ slug }) => `/${slug}/monitors`,
  '/[project]/monitors/new': ({ slug }) => `/${slug}/monitors/new`,
  '/[project]/monitors/[key]': ({ slug, monitorKey }) => `/${slug}/monitors/${monitorKey}`,
  '/[project]/monitors/[key]/edit': ({ slug, monitorKey }) => `/${slug}/monitors/${monitorKey}/edit`,
  '/[project]/incidents': ({ slug }) => `/${slug}/incidents`,
  '/[project]/incidents/[incident]': ({ slug, incidentNumber }) => `/${slug}/incidents/${incidentNumber}`,
  '/[project]/rules': ({ slug }) => `/${slug}/rules`,
  '/[project]/rules/new': ({ slug }) => `/${slug}/rules/new`,
  '/[project]/rules/[rule]': ({ slug }) => `/${slug}/rules/${RULE_KEY}`,
  '/[project]/rules/[rule]/edit': ({ slug }) => `/${slug}/rules/${RULE_KEY}/edit`,
  '/[project]/alerts': ({ slug }) => `/${slug}/alerts`,
  '/[project]/slos': ({ slug }) => `/${slug}/slos`,
  '/[project]/slos/new': ({ slug }) => `/${slug}/slos/new`,
  '/[project]/slos/import': ({ slug }) => `/${slug}/slos/import`,
  '/[project]/slos/[slo]': ({ slug }) => `/${slug}/slos/${SLO_KEY}`,
  '/[project]/slos/[slo]/edit': ({ slug }) => `/${slug}/slos/${SLO_KEY}/edit`,
  '/[project]/ops': ({ slug }) => `/${slug}/ops`,
  '/[project]/llm': ({ slug }) => `/${slug}/llm`,
  '/[project]/explore': ({ slug }) => `/${slug}/explore`,
  '/[project]/logs': ({ slug }) => `/${slug}/logs`,
  '/[project]/deployments': ({ slug }) => `/${slug}/deployments`,
  '/[project]/errors': ({ slug }) => `/${slug}/errors`,
  '/[project]/database': ({ slug }) => `/${slug}/database`,
  '/[project]/database/sources/new': ({ slug }) => `/${slug}/database/sources/new`,
  '/[project]/database/sources/[source]': ({ slug }) => `/${slug}/database/sources/own`,
  '/[project]/satisfaction': ({ slug }) => `/${slug}/satisfaction`,
  '/[project]/vitals': ({ slug }) => `/${slug}/vitals`,
  '/[project]/kpis': ({ slug }) => `/${slug}/kpis`,
  '/[project]/kpis/new': ({ slug }) => `/${slug}/kpis/new`,
  '/[project]/kpis/[kpi]': ({ slug }) => `/${slug}/kpis/${KPI_KEY}`,
  '/[project]/silences': ({ slug }) => `/${slug}/silences`,
  '/[project]/silences/new': ({ slug }) => `/${slug}/silences/new`,
  '/[project]/maintenance': ({ slug }) => `/${slug}/maintenance`,
  '/[project]/maintenance/new': ({ slug }) => `/${slug}/maintenance/new`,
  '/[project]/maintenance/[window]': ({ slug }) => `/${slug}/maintenance/${MAINTENANCE_ID}`,
  '/[project]/rules/packs': ({ slug }) => `/${slug}/rules/packs`,
  '/[project]/channels': ({ slug }) => `/${slug}/channels`,
  '/[project]/channels/new': ({ slug }) => `/${slug}/channels/new`,
  '/[project]/channels/[channel]': ({ slug, channelKey }) => `/${slug}/channels/${channelKey}`,
  '/[project]/deliveries': ({ slug }) => `/${slug}/deliveries`,
  '/[project]/deliveries/[notification]': ({ slug, notificationId }) => `/${slug}/deliveries/${notificationId}`,
  '/[project]/outbox': ({ slug }) => `/${slug}/outbox`,
  '/[project]/outbox/[message]': ({ slug, outboxId }) => `/${slug}/outbox/${encodeURIComponent(outboxId)}`,
  '/[project]/reports': ({ slug }) => `/${slug}/reports`,
  '/[project]/setup': ({ slug }) => `/${slug}/setup`,
  '/[project]/settings': ({ slug }) => `/${slug}/settings`,
  '/[project]/settings/members': ({ slug }) => `/${slug}/settings/members`,
  '/[project]/settings/keys': ({ slug }) => `/${slug}/settings/keys`,
  '/[project]/settings/log-drain': ({ slug }) => `/${slug}/settings/log-drain`,
  '/[project]/settings/integrations': ({ slug }) => `/${slug}/settings/integrations`,
  '/[project]/settings/integrations/[integration]': ({ slug, integrationId }) =>
    `/${slug}/settings/integrations/${integrationId}`,
  '/[project]/settings/new-project': ({ slug }) => `/${slug}/settings/new-project`,
  '/[project]/audit': ({ slug }) => `/${slug}/audit`,
}

/** Pages that only lead on to another one. */
export const REDIRECTS: readonly string[] = ['/', '/setup']

/** Every route of app/ that has a page, without the names of groups. */
export function listRoutes(): string[] {
  return readdirSync(join(ROOT, 'app'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('page.tsx'))
    .map((file) => file.split(/[\\/]/).slice(0, -1))
    .map((folders) => `/${folders.filter((name) => !/^\(.*\)$/.test(name)).join('/')}`)
    .sort()
}

/** The address of a route in the running product. Throws for a page that nobody thought of. */
export function addressOf(route: string, samples: Samples): string {
  const address = ADDRESSES[route]
  if (!address) throw new Error(`${route} is a page without an address in tests/e2e/support/routes.ts`)
  return address(samples)
}

/** Finds something for each parameter: the newest incident with a mail about its beginning, and what hangs on it. */
export async function findSamples(sql: postgres.Sql): Promise<Samples> {
  const [row] = await sql<
    (Omit<Samples, 'acknowledgePath' | 'integrationId'> & { projectId: string } & { body: string })[]
  >`
    select projects.slug, monitors.key as "monitorKey", incidents.number as "incidentNumber", channels.key as "channelKey",
      notifications.id as "notificationId", outbox.id as "outboxId", outbox.body, projects.id as "projectId"
    from public.notifications
    join public.incidents on incidents.id = notifications.incident_id
    join public.alerts on alerts.incident_id = incidents.id
    join public.monitors on monitors.id = alerts.monitor_id
    join public.channels on channels.id = notifications.channel_id
    join public.projects on projects.id = notifications.project_id
    join public.outbox_messages as outbox on outbox.id like '%' || notifications.id || '%'
    where notifications.kind = 'incident.triggered'
    order by incidents.number desc limit 1`
  if (!row) throw new Error('no incident has been mailed about yet')
  await sql`
    insert into public.kpis (project_id, key, name, unit, kind)
    select id, ${KPI_KEY}, 'Sign-ups', 'people', 'pushed' from public.projects where slug = ${row.slug}
    on conflict (project_id, key) do nothing`
  await sql`
    insert into public.alert_rules (project_id, key, name, condition, group_limit, for_ms, no_data, severity_warning, severity_critical)
    select id, ${RULE_KEY}, 'Slow probes', ${sql.json(SLOW_PROBES)}, 100, 300000, 'resolve', 'medium', 'high'
    from public.projects where slug = ${row.slug}
    on conflict (project_id, key) do nothing`
  await sql`
    insert into public.slos (project_id, key, name, indicator, method, "window", target)
    select id, ${SLO_KEY}, 'Uptime', '{"kind": "availability", "monitors": {"keys": null, "tag": null}, "counting": "count"}',
      'occurrences', '{"kind": "rolling", "days": 30}', 0.999 from public.projects where slug = ${row.slug}
    on conflict (project_id, key) do nothing`
  await sql`
    with planned as (
      insert into public.maintenance_windows (id, project_id, name, scope_kind, time_zone, start_date, start_time_ms, duration_ms, recurrence, author, planned_until)
      select ${MAINTENANCE_ID}, id, 'Backup', 'project', 'Europe/Paris', '2026-01-01', 7200000, 3600000, 'FREQ=DAILY', 'ann', now()
      from public.projects where slug = ${row.slug}
      on conflict (id) do nothing returning *)
    insert into public.maintenance_occurrences (window_id, project_id, name, scope_kind, scope_values, starts_at, ends_at)
    select id, project_id, name, scope_kind, scope_values, now() + interval '10 days', now() + interval '10 days 1 hour' from planned`
  await sql`
    insert into public.silences (project_id, matchers, starts_at, ends_at, author)
    select id, ${['tag="nothing-has-it"']}, now(), now() + interval '1 day', 'ann' from public.projects
    where slug = ${row.slug} and not exists (select from public.silences where silences.project_id = projects.id)`
  const acknowledgePath = /\/ack\/[A-Za-z0-9._~-]+/.exec(row.body)?.[0]
  if (!acknowledgePath) throw new Error('the mail has no link to acknowledge')
  return { ...row, acknowledgePath, integrationId: await findIntegration(sql, row.projectId) }
}

/** A connection of the project; makes one where there is none. */
async function findIntegration(sql: postgres.Sql, projectId: string): Promise<string> {
  const [known] = await sql<{ id: string }[]>`
    select id from public.integrations where project_id = ${projectId} order by created_at limit 1`
  if (known) return known.id
  const [made] = await sql<{ id: string }[]>`
    insert into public.integrations (project_id, kind, name) values (${projectId}, 'github', 'Shop on GitHub') returning id`
  return made?.id ?? ''
}
