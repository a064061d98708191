import { randomUUID } from 'node:crypto'
import { toIso } from '../../lib/domain/time/instant.ts'
import { type Pipeline, START_AT } from './pipeline.ts'

export async function silence({ sql, projectId }: Pipeline, matchers: string[], untilAt: number, fromAt = START_AT) {
  await sql`
    insert into public.silences (project_id, matchers, starts_at, ends_at, author)
    values (${projectId}, ${matchers}, ${toIso(fromAt)}, ${toIso(untilAt)}, 'ann')`
}

export async function maintain(
  { sql, projectId }: Pipeline,
  scope: [kind: string, values: string[]],
  untilAt: number,
  fromAt = START_AT,
) {
  const [row] = await sql<{ id: string }[]>`
    insert into public.maintenance_windows (project_id, name, scope_kind, scope_values, time_zone, start_date, start_time_ms, duration_ms, author, planned_until)
    values (${projectId}, 'Upgrade', ${scope[0]}, ${scope[1]}, 'UTC', '2026-11-23', 0, 3600000, 'ann', private.now()) returning id`
  await sql`
    insert into public.maintenance_occurrences (window_id, project_id, name, scope_kind, scope_values, starts_at, ends_at)
    values (${row?.id ?? ''}, ${projectId}, 'Upgrade', ${scope[0]}, ${scope[1]}, ${toIso(fromAt)}, ${toIso(untilAt)})`
}

export async function deploy({ sql, projectId }: Pipeline, at: number, commit = '3f1c9a27d0b8'): Promise<void> {
  const facts = { service: 'shop', branch: 'main', commit, commit_message: '', url: '' }
  const message = {
    source: 'api',
    external_id: randomUUID(),
    environment: 'production',
    status: 'succeeded',
    at,
    ...facts,
  }
  await sql`select public.store_deployment(${projectId}, ${sql.json(message)})`
}
