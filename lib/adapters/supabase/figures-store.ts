import { fromIso } from '../../domain/time/instant.ts'
import type { FiguresStore, ProjectFigures } from '../../ports/figures-store.ts'
import { call } from './call.ts'
import type { Client } from './create-client.ts'
import { toInstant } from './rows.ts'

/** Needs the service role. */
export function createFiguresStore(client: Client): FiguresStore {
  return {
    async readFigures(projectId) {
      const row = (await call(client, 'read_project_figures', { p_project_id: projectId })) as FiguresRow
      return {
        now: fromIso(row.now),
        openIncidents: row.open_incidents,
        deliveries: row.deliveries,
        pendingNotifications: row.pending_notifications,
        oldestPendingAt: toInstant(row.oldest_pending_at),
        deadNotifications: row.dead_notifications,
        tickSucceededAt: toInstant(row.tick_succeeded_at),
        ingest: row.ingest,
      }
    },
  }
}

interface FiguresRow {
  now: string
  open_incidents: ProjectFigures['openIncidents']
  deliveries: Record<string, number>
  pending_notifications: number
  oldest_pending_at: string | null
  dead_notifications: number
  tick_succeeded_at: string | null
  ingest: ProjectFigures['ingest']
}
