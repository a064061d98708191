import type { NextAttempt } from '../domain/delivery/next.ts'
import type { DeliveryResult } from '../domain/delivery/result.ts'
import type { Monitor } from '../domain/monitor/monitor.ts'
import type { StoredState } from '../domain/monitor/stored-state.ts'
import type { Channel } from '../domain/notification/channel.ts'
import type { DecisionContext } from '../domain/notification/decision-context.ts'
import type { MessageData, NotificationKind } from '../domain/notification/message.ts'
import type { Settlement } from '../domain/notification/settlement.ts'
import type { Instant } from '../domain/time/instant.ts'

/** A leased monitor: `token` must be presented to change anything about it. */
export interface MonitorClaim {
  token: number
  slotAt: Instant
  monitor: Monitor
  /** Sealed by `SecretBox`; null when the monitor has no secrets. */
  secretCiphertext: string | null
  state: StoredState
}

export interface MonitorClaims {
  claims: MonitorClaim[]
  /** When the next monitor is due or free again, in database time; null when none ever is. */
  nextDueAt: Instant | null
}

export interface NotificationClaim {
  id: string
  token: number
  attempt: number
  kind: NotificationKind
  createdAt: Instant
  payload: MessageData
  incidentId: string | null
  channel: Channel
  secretCiphertext: string | null
  /** Enabled channels of the project that have not been told of this incident: tried when the first keeps failing. */
  spareChannels: Pick<Channel, 'id' | 'kind' | 'name'>[]
}

export interface FinishedDelivery {
  id: string
  token: number
  result: DeliveryResult
  next: NextAttempt
  /** One sentence for the incident's timeline. */
  timeline: string
  fallback: { channelId: string; reason: string } | null
}

/** The pipeline's store. Every method is one atomic statement in the database; all of them throw when it is away. */
export interface PipelineStore {
  claimDueMonitors(limit: number, monitorId?: string): Promise<MonitorClaims>
  /** Keeps monitors leased that are still being probed; tokens that others have taken over are left alone. */
  renewLeases(claims: readonly MonitorClaim[]): Promise<void>
  loadDecisionContext(monitorIds: string[]): Promise<Map<string, DecisionContext>>
  /** Commits settlements; those whose lease was lost are dropped whole and counted as stale. */
  recordSettlements(settlements: Settlement[]): Promise<{ recorded: number; stale: number }>
  claimNotifications(limit: number): Promise<{ claims: NotificationClaim[]; nextAttemptAt: Instant | null }>
  /** False when the lease was lost meanwhile. */
  finishDelivery(delivery: FinishedDelivery): Promise<boolean>
  findHeartbeat(address: { id: string } | { pingKey: string; key: string }): Promise<string | null>
  recordHeartbeatPing(ping: {
    monitorId: string
    kind: 'success' | 'start' | 'fail' | 'log'
    exitCode: number | null
    runId: string | null
    bodyExcerpt: string | null
  }): Promise<boolean>
  rollupResults(from: Instant, until: Instant): Promise<void>
  rollupDays(from: Instant, until: Instant): Promise<void>
  /** Packs one hour of results that is more than a day past, of all monitors. */
  packResults(): Promise<{ hasMore: boolean }>
  /** Makes the partitions to come, drops the packed ones, and gives up single results past so many days. */
  prune(packedDays: number): Promise<void>
  startTask(task: string, runId: string): Promise<void>
  finishTask(task: string, runId: string, summary: Record<string, unknown>, error: string | null): Promise<void>
}
