import { fromIso } from '../../domain/time/instant.ts'
import type { HealthStore } from '../../ports/health-store.ts'
import { call } from './call.ts'
import type { Client } from './create-client.ts'
import { toInstant } from './rows.ts'

export function createHealthStore(client: Client): HealthStore {
  return {
    async readHealth() {
      const row = (await call(client, 'read_health', {} as never)) as HealthRow
      return {
        now: fromIso(row.now),
        tickSucceededAt: toInstant(row.tick_succeeded_at),
        tickStartedAt: toInstant(row.tick_started_at),
        hasTickFailed: row.has_tick_failed,
        firstMonitorAt: toInstant(row.first_monitor_at),
        hasBacklog: row.has_backlog,
        hasDeadLetters: row.has_dead_letters,
      }
    },
  }
}

interface HealthRow {
  now: string
  tick_succeeded_at: string | null
  tick_started_at: string | null
  has_tick_failed: boolean
  first_monitor_at: string | null
  has_backlog: boolean
  has_dead_letters: boolean
}
