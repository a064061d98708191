import { SECOND } from '../domain/time/instant.ts'
import type { Clock } from '../ports/clock.ts'
import type { MonitorClaim, PipelineStore } from '../ports/store.ts'

/** A lease lasts four times as long: one renewal may fail or come late. */
const RENEW_EVERY_MS = 5 * SECOND

/** The monitors that one worker holds: kept as long as it lives, and free for others soon after it was killed. */
export function createLeases({ store, clock }: { store: PipelineStore; clock: Clock }) {
  const held = new Set<MonitorClaim>()
  let renewedAt = clock.now()
  return {
    hold(claims: readonly MonitorClaim[]): void {
      for (const claim of claims) held.add(claim)
    },
    letGo(claims: readonly MonitorClaim[]): void {
      for (const claim of claims) held.delete(claim)
    },
    async renewWhenDue(): Promise<void> {
      if (held.size === 0 || clock.now() - renewedAt < RENEW_EVERY_MS) return
      renewedAt = clock.now()
      await store.renewLeases([...held])
    },
  }
}
export type Leases = ReturnType<typeof createLeases>
