import { randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import { monitorJson, START_AT } from './pipeline.ts'
import type { Sql } from './postgres.ts'

/** Who may knock: nobody in particular, somebody of another project, and the four roles of a project. */
export const ACTORS = ['anon', 'outsider', 'viewer', 'responder', 'admin', 'owner'] as const
export type ActorName = (typeof ACTORS)[number]

export interface ProjectRows {
  projectId: string
  slug: string
  monitorId: string
  channelId: string
  incidentId: string
  notificationId: string
  deadNotificationId: string
  apiKeyId: string
  integrationId: string
  databaseSourceId: string
  kpiId: string
  silenceId: string
  windowId: string
  sloId: string
  memberId: string
}

/** Two projects with a row in every table each, and one account for each actor. */
export interface World {
  ours: ProjectRows
  /** The outsider owns this one. */
  theirs: ProjectRows
  userIds: Record<Exclude<ActorName, 'anon'>, string>
  emails: Record<Exclude<ActorName, 'anon'>, string>
  /** An account that belongs to no project. */
  newcomer: { id: string; email: string }
}

export type Outcome<T> = { ok: true; value: T } | { ok: false; code: string; message: string }
type Transaction = postgres.TransactionSql

/** Does something in an actor's name, as PostgREST would, and undoes it. */
export async function actAs<T>(
  sql: Sql,
  world: World,
  actor: ActorName | 'service',
  act: (transaction: Transaction) => Promise<T>,
): Promise<Outcome<T>> {
  const undo = new Error('undo')
  let outcome: Outcome<T> | undefined
  const userId = actor === 'anon' || actor === 'service' ? '' : world.userIds[actor]
  const role = { anon: 'anon', service: 'service_role' }[actor as string] ?? 'authenticated'
  await sql
    .begin(async (transaction) => {
      await transaction`select set_config('request.jwt.claim.sub', ${userId}, true)`
      await transaction.unsafe(`set local role ${role}`)
      try {
        outcome = { ok: true, value: await act(transaction) }
      } catch (error) {
        outcome = { ok: false, code: (error as { code?: string }).code ?? '', message: (error as Error).message }
      }
      throw undo
    })
    .catch((error: unknown) => {
      if (error !== undo) throw error
    })
  if (outcome === undefined) throw new Error('the transaction did not begin')
  return outcome
}

export async function createWorld(sql: Sql): Promise<World> {
  const account = async (name: string) => {
    const user = { id: randomUUID(), email: `${name}-${randomUUID().slice(0, 8)}@example.com` }
    await sql`insert into auth.users (id, email) values (${user.id}, ${user.email})`
    return user
  }
  const names = ACTORS.filter((name) => name !== 'anon')
  const users = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await account(name)] as const)))
  const userIds = Object.fromEntries(names.map((name) => [name, users[name]?.id])) as World['userIds']
  const emails = Object.fromEntries(names.map((name) => [name, users[name]?.email])) as World['emails']
  const ours = await createProjectRows(sql, 'ours', userIds.viewer)
  const theirs = await createProjectRows(sql, 'theirs', userIds.outsider)
  const join = (projectId: string, name: Exclude<ActorName, 'anon'>, role: string) => sql`
    insert into public.memberships (project_id, user_id, role, email) values (${projectId}, ${userIds[name]}, ${role}, ${emails[name]})`
  for (const role of ['viewer', 'responder', 'admin', 'owner'] as const) await join(ours.projectId, role, role)
  await join(theirs.projectId, 'outsider', 'owner')
  await addVitals(sql, [ours.projectId, theirs.projectId])
  await addTelemetry(sql, [ours.projectId, theirs.projectId])
  return { ours, theirs, userIds, emails, newcomer: await account('newcomer') }
}

/** One row in each table. A new table needs one here: the access matrix fails on an empty one. */
async function createProjectRows(sql: Sql, slug: string, memberId: string): Promise<ProjectRows> {
  const at = new Date(START_AT)
  const id = async (query: postgres.PendingQuery<postgres.Row[]>): Promise<string> => String((await query)[0]?.id)
  const projectId = await id(sql`
    insert into public.projects (slug, name, report_recipients) values (${slug}, ${slug}, '{ceo@example.com}') returning id`)
  const channel = {
    key: 'ops',
    kind: 'webhook',
    name: 'ops',
    config: { url: 'http://127.0.0.1/' },
    secret: { op: 'set', ciphertext: 'x' },
  }
  const channelId = await id(sql`
    select private.write_channel(${projectId}, ${sql.json(channel)}, null, 'ann', null) ->> 'id' as id`)
  const monitor = { ...monitorJson({ key: 'api' }, [channelId]), secret: { op: 'set', ciphertext: 'x' } }
  const monitorId = await id(sql`
    select private.write_monitor(${projectId}, ${sql.json(monitor as never)}, null, 'ann', null) ->> 'id' as id`)
  const incidentId = await id(sql`
    insert into public.incidents (project_id, number, title, priority, reason, started_at, detected_at)
    values (${projectId}, 1, 'api is down', 'P1', 'answered 503', ${at}, ${at}) returning id`)
  await sql`
    insert into public.alerts (project_id, monitor_id, kind, severity, incident_id, reason, started_at)
    values (${projectId}, ${monitorId}, 'down', 'high', ${incidentId}, 'answered 503', ${at})`
  await sql`insert into public.incident_events (project_id, incident_id, kind, message) values (${projectId}, ${incidentId}, 'opened', 'x')`
  const notify = (kind: string, status: string) =>
    id(sql`
      insert into public.notifications (project_id, channel_id, incident_id, kind, dedupe_key, reason, payload, status, created_at)
      values (${projectId}, ${channelId}, ${incidentId}, ${kind}, ${randomUUID()}, 'x', '{}', ${status}, ${at}) returning id`)
  const notificationId = await notify('incident.triggered', 'delivered')
  const deadNotificationId = await notify('incident.acknowledged', 'dead')
  await sql`
    insert into public.deliveries (project_id, notification_id, attempt, started_at) values (${projectId}, ${notificationId}, 1, ${at})`
  await sql`
    insert into public.outbox_messages (id, project_id, channel_kind, recipients, subject, body)
    values (${randomUUID()}, ${projectId}, 'email', '{a@example.com}', 'x', 'x')`
  await sql`insert into public.heartbeat_pings (project_id, monitor_id, kind) values (${projectId}, ${monitorId}, 'success')`
  await sql`
    insert into public.probe_results (monitor_id, project_id, slot_at, probed_at, verdict, latency_ms)
    select ${monitorId}, ${projectId}, at, at, 'up', 12 from unnest(array[now(), '2020-01-01'::timestamptz]) as at`
  await sql`
    insert into public.probe_gaps (monitor_id, project_id, from_at, until_at, interval_seconds)
    values (${monitorId}, ${projectId}, ${at}, ${new Date(START_AT + 60_000)}, 60)`
  await sql`select public.rollup_probe_results(now(), now())`
  await sql`
    insert into public.region_results (monitor_id, project_id, region, slot_at, verdict, latency_ms)
    values (${monitorId}, ${projectId}, 'fra1', now(), 'up', 12)`
  await sql`select public.rollup_region_results(now(), now())`
  await sql`
    insert into public.reports (project_id, period_start, period_end, created_at) values (${projectId}, '2026-11-16', '2026-11-22', ${at})`
  const apiKeyId = await id(sql`
    insert into public.api_keys (project_id, name, prefix, hash, created_by) values (${projectId}, 'ci', 'vg_', ${randomUUID()}, 'ann') returning id`)
  await sql`select public.note_log_drain(${projectId})`
  await sql`insert into public.log_drain_secrets (project_id, ciphertext) values (${projectId}, 'x')`
  const integrationId = await id(sql`
    insert into public.integrations (project_id, kind, name) values (${projectId}, 'github', 'shop') returning id`)
  await sql`
    insert into public.integration_secrets (integration_id, project_id, purpose, ciphertext)
    values (${integrationId}, ${projectId}, 'webhook', 'x')`
  const facts = { environment: 'production', branch: '', commit: '', commit_message: '', url: '' }
  const message = { source: 'api', external_id: '1', service: 'shop', ...facts, status: 'succeeded', at: START_AT }
  await sql`select public.store_deployment(${projectId}, ${sql.json(message)})`
  await sql`
    insert into public.error_issues (project_id, kind, external_id, short_id, title, level, status, status_at, service, release,
      first_seen_at, last_seen_at, told_count, event_count, user_count, url)
    values (${projectId}, 'issue', '1', 'SHOP-1', 'x', 'error', 'unresolved', ${at}, 'shop', '', ${at}, ${at}, 1, 0, 1, '')`
  const databaseSourceId = await id(sql`
    insert into public.database_sources (project_id, key, name, kind, address)
    values (${projectId}, 'main', 'main', 'postgres', 'db.test:5432/app (app)') returning id`)
  await sql`
    insert into public.database_source_secrets (source_id, project_id, connection_ciphertext) values (${databaseSourceId}, ${projectId}, 'x')`
  await sql`
    insert into public.database_snapshots (source_id, project_id, day, at, size_bytes, tables)
    values (${databaseSourceId}, ${projectId}, '2026-11-23', ${at}, 1, '[]')`
  const answer = {
    id: randomUUID(),
    rating: 4,
    comment: 'x',
    page: '/',
    locale: 'en',
    release: '',
    environment: 'production',
  }
  await sql`select public.store_feedback(${projectId}, ${sql.json({ ...answer, source: 'server' })})`
  const kpi = {
    ...{
      key: 'orders',
      name: 'orders',
      unit: '',
      kind: 'sql',
      query: 'select 1',
      schedule: '0 * * * *',
      time_zone: 'UTC',
    },
    secret: { op: 'set', ciphertext: 'x' },
  }
  const kpiId = await id(
    sql`select private.write_kpi(${projectId}, ${sql.json(kpi)}, null, 'ann', null) ->> 'id' as id`,
  )
  const rule = { key: slug, name: slug, condition: { kind: 'composite', mode: 'any', rules: [], level: 'warning' } }
  const ruleId = await id(sql`select private.write_rule(${projectId}, ${sql.json(rule)}, null, 'ann') as id`)
  await sql`
    insert into public.rule_states (rule_id, project_id, group_key, group_values, status, reason, since_at, evaluated_at)
    values (${ruleId}, ${projectId}, '[]', '{}', 'inactive', 'x', ${at}, ${at})`
  await sql`
    insert into public.deleted_rules (project_id, key, rule)
    select project_id, key || '-gone', to_jsonb(alert_rules) || jsonb_build_object('id', gen_random_uuid(), 'key', key || '-gone')
    from public.alert_rules where id = ${ruleId}`
  await sql`insert into public.rule_failures (rule_id, project_id, reason, since_at) values (${ruleId}, ${projectId}, 'x', ${at})`
  await sql`
    insert into public.alerts (project_id, rule_id, group_key, group_values, level, kind, severity, reason, started_at)
    values (${projectId}, ${ruleId}, '[]', '{}', 'warning', 'rule', 'medium', 'x', ${at})`
  await sql`insert into public.kpi_digest_channels (channel_id, project_id) values (${channelId}, ${projectId})`
  await sql`insert into public.kpi_digests (project_id, day, created_at) values (${projectId}, '2026-11-21', ${at})`
  const silenceId = await id(sql`
    insert into public.silences (project_id, matchers, starts_at, ends_at, author)
    values (${projectId}, '{"monitor=\\"other\\""}', now(), now() + interval '10 years', 'ann') returning id`)
  const windowId = await id(sql`
    insert into public.maintenance_windows (project_id, name, scope_kind, scope_values, time_zone, start_date, start_time_ms, duration_ms, author, planned_until)
    values (${projectId}, 'Upgrade', 'tags', '{other}', 'UTC', '2026-01-01', 0, 3600000, 'ann', now()) returning id`)
  await sql`
    insert into public.maintenance_occurrences (window_id, project_id, name, scope_kind, scope_values, starts_at, ends_at)
    values (${windowId}, ${projectId}, 'Upgrade', 'tags', '{other}', now() - interval '1 hour', now() + interval '10 years')`
  const sloId = await id(sql`
    insert into public.slos (project_id, key, name, indicator, method, "window", target)
    values (${projectId}, 'up', 'up', '{"kind": "availability", "monitors": {"keys": null, "tag": null}, "counting": "count"}',
      'occurrences', '{"kind": "rolling", "days": 30}', 0.999) returning id`)
  await sql`select public.start_task('tick', gen_random_uuid())`
  await sql`select public.take_tokens(${`ping:${monitorId}`}, 60, 60)`
  return {
    projectId,
    slug,
    monitorId,
    channelId,
    incidentId,
    notificationId,
    deadNotificationId,
    apiKeyId,
    integrationId,
    databaseSourceId,
    kpiId,
    silenceId,
    windowId,
    sloId,
    memberId,
  }
}

/** Page views that are rolled up and one that is not yet; somebody who was here today. */
async function addVitals(sql: Sql, projectIds: readonly string[]): Promise<void> {
  const visit = (id: string) => ({
    page: '/',
    release: '',
    device: 'mobile',
    country: 'FR',
    visitor: id,
    measures: [{ id, metric: 'lcp', value: 1_200 }],
    rejections: [],
  })
  const sendAll = async (id: string) => {
    for (const projectId of projectIds) await sql`select public.store_vitals(${projectId}, ${sql.json(visit(id))})`
  }
  await sendAll('first')
  await sql`select public.rollup_vitals(100)`
  await sendAll('second')
}

/** Metrics and lines in every stage: hot, packed, by hour, by day, and changed since. */
async function addTelemetry(sql: Sql, projectIds: readonly string[]): Promise<void> {
  const now = Date.now()
  const sendAll = async (at: number) => {
    for (const projectId of projectIds) await sendTelemetry(sql, projectId, at)
  }
  await sendAll(now - 2_000)
  await sql`select public.rollup_series(100)`
  await sql`select public.rollup_series_days(100)`
  await sql`
    with totals as (
      insert into public.metric_totals (project_id, name, kind, environment)
      select id, 'queue.length', 'gauge', 'production' from public.projects where id in ${sql([...projectIds])} returning id)
    insert into public.metric_total_marks (total_id, hour_at) select id, date_trunc('hour', now()) from totals`
  await sendAll(now - 1_000)
  await sql`select public.rollup_series(100)`
  await sendAll(now)
}

async function sendTelemetry(sql: Sql, projectId: string, at: number): Promise<void> {
  const series = (['production', 'staging'] as const).flatMap((environment) => [
    { environment, name: 'queue.length', kind: 'gauge', temporality: null, unit: '1', attributes: { queue: 'mail' } },
    { environment, name: 'latency', kind: 'histogram', temporality: 'delta', unit: 's', attributes: {} },
  ])
  const request = { measured: 'request', method: 'GET', route: '/', status_code: 200, failed: false, duration_ms: 5 }
  const batch = {
    source: 'json',
    digest: randomUUID(),
    series,
    histograms: [1, 3].map((position) => ({
      series: position,
      at,
      start_at: null,
      count: 1,
      sum: 1,
      keys: [0],
      counts: [1],
    })),
    logs: ['production', 'staging'].map((environment) => ({
      at_ms: at,
      id: randomUUID(),
      environment,
      severity: 9,
      service: '',
      message: 'x',
      attributes: {},
      ...request,
    })),
  }
  await sql`
    select public.store_telemetry(${projectId}, ${sql.json(batch)}, ${[0, 2]}, ${[at, at]}::float8[], ${[null, null]}::float8[], ${[3, 4]}::float8[])`
}
