import type { Seen } from '../domain/probe/quorum.ts'
import { REGION_BATCH_MOST } from '../domain/probe/schema-region.ts'
import type { Clock } from '../ports/clock.ts'
import type { RegionProbe, RegionProber } from '../ports/region-prober.ts'

/** Probes wait this long for company on their way to a region: a run claims its monitors at once, and asks within milliseconds. */
const BATCH_WAIT_MS = 50

interface Waiting {
  probe: RegionProbe
  tell: (seen: Seen) => void
}

export interface RegionBatches {
  ask(region: string, probe: RegionProbe): Promise<Seen>
}

/**
 * Gathers what is asked of a region into few requests. Only probes of one time-out travel together: none waits for a slower one longer
 * than for itself.
 */
export function createRegionBatches(deps: { regions: RegionProber; clock: Clock }): RegionBatches {
  const batches = new Map<string, Waiting[]>()

  async function send(key: string, region: string): Promise<void> {
    const batch = batches.get(key) ?? []
    batches.delete(key)
    if (batch.length === 0) return
    const seen = await deps.regions.probe(
      region,
      batch.map(({ probe }) => probe),
    )
    for (const { probe, tell } of batch) tell(seen.get(probe.id) ?? { unknown: 'told nothing' })
  }
  return {
    ask(region, probe) {
      const key = `${region} ${probe.timeoutMs}`
      return new Promise((tell) => {
        const batch = batches.get(key)
        if (batch === undefined) {
          batches.set(key, [{ probe, tell }])
          void deps.clock.sleep(BATCH_WAIT_MS).then(() => send(key, region))
          return
        }
        batch.push({ probe, tell })
        if (batch.length >= REGION_BATCH_MOST) void send(key, region)
      })
    },
  }
}
