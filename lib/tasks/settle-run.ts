import { needsSharedIncident } from '../domain/incident/decide-incident.ts'
import type { DecisionContext, MassFailure } from '../domain/notification/decision-context.ts'
import { muteOf } from '../domain/notification/mute-slot.ts'
import { moveOf, needsContext, type SettledSlot, settleSlot } from '../domain/notification/settle.ts'
import { type Instant, SECOND } from '../domain/time/instant.ts'
import type { Clock } from '../ports/clock.ts'
import type { Log } from '../ports/log.ts'
import type { Random } from '../ports/random.ts'
import type { PipelineStore } from '../ports/store.ts'

export interface SettleDeps {
  store: PipelineStore
  clock: Clock
  random: Random
  log: Log
  baseUrl: string
}

export interface SettleCounts {
  recorded: number
  stale: number
  /** Settlements that changed a monitor's state: something may be waiting in the outbox. */
  changed: number
}

/** A database that restarts is back within seconds; a tick that gives up sooner probes everything again for nothing. */
const RETRY_WAITS_MS = [1 * SECOND, 3 * SECOND]

/**
 * Decides and commits a batch of settled slots. Facts for a decision are read only for monitors that changed.
 * Throws when the database stays away: the leases run out and the slots are probed again, so nothing is lost.
 */
export async function settleRun(
  deps: SettleDeps,
  slots: readonly SettledSlot[],
  massOf: (slot: SettledSlot) => MassFailure | null = () => null,
): Promise<SettleCounts> {
  if (slots.length === 0) return { recorded: 0, stale: 0, changed: 0 }
  const { store, clock, random, baseUrl } = deps
  const changed = slots.filter((slot) => needsContext(moveOf(slot, clock.now()), slot.state))
  const ids = changed.map(({ monitor }) => monitor.id)
  const contexts: Map<string, DecisionContext> =
    ids.length === 0 ? new Map() : await withRetry(deps, () => store.loadDecisionContext(ids))
  noteFailingDependencies(changed, contexts)
  const environment = { now: clock.now(), baseUrl, newId: () => random.uuid() }
  const massFor = (slot: SettledSlot) => withHistory(withoutMuted(massOf(slot), slots, contexts, clock.now()), contexts)
  const settlements = slots.map((slot) =>
    settleSlot(slot, contexts.get(slot.monitor.id) ?? null, massFor(slot), environment),
  )
  const { recorded, stale } = await withRetry(deps, () => store.recordSettlements(settlements))
  return { recorded, stale, changed: changed.length }
}

/** What a monitor depends on may fail in the same batch: the store does not know of it yet. */
function noteFailingDependencies(slots: readonly SettledSlot[], contexts: Map<string, DecisionContext>): void {
  for (const { monitor } of slots) {
    const context = contexts.get(monitor.id)
    if (context === undefined || monitor.dependsOn.length === 0) continue
    const known = new Set(context.mutes.downDependencies.map(({ key }) => key))
    const failing = slots.filter(
      ({ monitor: { projectId, key }, verdict }) =>
        projectId === monitor.projectId && verdict === 'down' && monitor.dependsOn.includes(key) && !known.has(key),
    )
    if (failing.length === 0) continue
    const downDependencies = failing.map((slot) => ({
      key: slot.monitor.key,
      name: slot.monitor.name,
      sinceAt: slot.attempts[0]?.startedAt ?? slot.slotAt,
    }))
    contexts.set(monitor.id, {
      ...context,
      mutes: { ...context.mutes, downDependencies: [...context.mutes.downDependencies, ...downDependencies] },
    })
  }
}

/** Monitors that are kept quiet are not named in what is told of the others. */
function withoutMuted(
  mass: MassFailure | null,
  slots: readonly SettledSlot[],
  contexts: Map<string, DecisionContext>,
  now: Instant,
): MassFailure | null {
  if (mass === null) return null
  const quiet = new Set(
    slots.flatMap(({ monitor, verdict }) => {
      const context = contexts.get(monitor.id)
      return context !== undefined && muteOf(monitor, verdict, context, now).muted ? [monitor.id] : []
    }),
  )
  return quiet.size === 0 ? mass : { ...mass, affected: mass.affected.filter(({ id }) => !quiet.has(id)) }
}

function withHistory(mass: MassFailure | null, contexts: Map<string, DecisionContext>): MassFailure | null {
  if (mass === null) return null
  const lastIncidents = mass.affected.map(({ id }) => contexts.get(id)?.lastIncident ?? null)
  return { ...mass, isShared: needsSharedIncident(lastIncidents) }
}

async function withRetry<T>({ clock, log }: SettleDeps, run: () => Promise<T>): Promise<T> {
  for (const waitMs of RETRY_WAITS_MS) {
    try {
      return await run()
    } catch (error) {
      log.warn('store.retry', { waitMs, error: String(error) })
      await clock.sleep(waitMs)
    }
  }
  return run()
}
