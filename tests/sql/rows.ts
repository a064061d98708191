import { randomUUID } from 'node:crypto'
import { monitorJson } from '../support/pipeline.ts'
import type { Sql } from '../support/postgres.ts'

/** A monitor in a project of its own. */
export async function addMonitorRow(sql: Sql, intervalSeconds = 60): Promise<{ projectId: string; monitorId: string }> {
  const [project] = await sql<{ id: string }[]>`
    insert into public.projects (slug, name) values (${randomUUID()}, 'Demo') returning id`
  const projectId = project?.id ?? ''
  const monitor = monitorJson({ key: 'api', intervalSeconds })
  const [row] = await sql<{ id: string }[]>`
    select private.write_monitor(${projectId}, ${sql.json(monitor as never)}, null, 'ann', null) ->> 'id' as id`
  return { projectId, monitorId: row?.id ?? '' }
}
