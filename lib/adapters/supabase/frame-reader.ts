import type { Role } from '../../domain/monitor/role.ts'
import { fromIso } from '../../domain/time/instant.ts'
import type { Locale } from '../../domain/time/locale.ts'
import type { FrameReader } from '../../ports/frame-reader.ts'
import { call } from './call.ts'
import type { Client } from './create-client.ts'
import { toInstant } from './rows.ts'

interface FrameRow {
  now: string
  projects: { slug: string; name: string }[]
  project: {
    id: string
    slug: string
    name: string
    time_zone: string
    locale: Locale
    role: Role
    open_incidents: number
    last_result_at: string | null
  } | null
  tick: { last_success_at: string | null; last_error: string | null } | null
}

/** `client` acts as the person who asks. */
export function createFrameReader(client: Client): FrameReader {
  return {
    async readFrame(userId, slug) {
      const row = (await call(client, 'read_frame', { p_user_id: userId, p_slug: slug })) as FrameRow
      const { project, tick } = row
      return {
        now: fromIso(row.now),
        projects: row.projects,
        project: project && {
          id: project.id,
          slug: project.slug,
          name: project.name,
          timeZone: project.time_zone,
          locale: project.locale,
          role: project.role,
          openIncidents: project.open_incidents,
          lastResultAt: toInstant(project.last_result_at),
        },
        tick: tick && { lastSuccessAt: toInstant(tick.last_success_at), lastError: tick.last_error },
      }
    },
  }
}
