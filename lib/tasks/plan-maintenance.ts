import { planAhead, REPLAN_MS } from '../domain/mute/plan-ahead.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { MaintenanceStore } from '../ports/maintenance-store.ts'

export interface PlanMaintenanceDeps {
  maintenance: MaintenanceStore
  clock: Clock
  log: Log
}

/** Keeps the times of recurring maintenance known for months ahead; answers how many were planned. Never rejects; repeating it changes nothing. */
export async function planMaintenance({ maintenance, clock, log }: PlanMaintenanceDeps): Promise<number> {
  try {
    const now = clock.now()
    let planned = 0
    for (const window of await maintenance.listUnplanned(now + REPLAN_MS)) {
      const { occurrences, plannedUntil } = planAhead(window, now)
      // The times before are facts by now: one of them may have ended early.
      const added = occurrences.filter(({ startsAt }) => startsAt >= window.plannedUntil)
      if (await maintenance.plan(window, { occurrences: added, plannedUntil })) planned++
    }
    return planned
  } catch (error) {
    log.error('maintenance.not_planned', { error: String(error) })
    return 0
  }
}
