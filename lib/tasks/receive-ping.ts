import type { PipelineStore } from '../ports/store.ts'
import { type ProbeRunDeps, probeRun } from './probe-run.ts'

export interface Ping {
  address: { id: string } | { pingKey: string; key: string }
  kind: 'success' | 'start' | 'fail' | 'log'
  exitCode: number | null
  runId: string | null
  bodyExcerpt: string | null
}

/**
 * Notes a heartbeat's ping and judges it at once, so that a reported failure pages without waiting for the next tick. When another
 * worker holds the heartbeat the ping has taken its lease away, and the next tick judges it. False when there is no such heartbeat.
 */
export async function receivePing(deps: ProbeRunDeps & { store: PipelineStore }, ping: Ping): Promise<boolean> {
  const monitorId = await deps.store.findHeartbeat(ping.address)
  if (monitorId === null) return false
  const { kind, exitCode, runId, bodyExcerpt } = ping
  const isKept = await deps.store.recordHeartbeatPing({ monitorId, kind, exitCode, runId, bodyExcerpt })
  if (!isKept) return false
  if (kind === 'log') return true
  const { claims } = await deps.store.claimDueMonitors(1, monitorId)
  await probeRun(deps, claims, () => undefined)
  return true
}
