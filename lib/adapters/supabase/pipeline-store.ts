import type { AlertKind } from '../../domain/alert/alert-change.ts'
import type { DecisionContext, ProjectFacts } from '../../domain/notification/decision-context.ts'
import type { MessageData, NotificationKind } from '../../domain/notification/message.ts'
import { fromIso, MINUTE, toIso } from '../../domain/time/instant.ts'
import type { Locale } from '../../domain/time/locale.ts'
import type { Log } from '../../ports/log.ts'
import type { FinishedDelivery, MonitorClaim, NotificationClaim, PipelineStore } from '../../ports/store.ts'
import { call } from './call.ts'
import type { Client } from './create-client.ts'
import type { DeploymentRow } from './deployment-rows.ts'
import {
  type DependencyRow,
  type MutesRow,
  type ResultsRow,
  toDependency,
  toDeployed,
  toLastDeployment,
  toMuteFacts,
  toProbeFigures,
} from './mute-rows.ts'
import { type IncidentFactsRow, type OpenIncidentRow, toIncidentFacts, toOpenIncident } from './open-incident-rows.ts'
import {
  type ChannelRow,
  type MonitorRow,
  type StateRow,
  toChannel,
  toInstant,
  toMonitor,
  toStoredState,
} from './rows.ts'
import { settlementJson } from './settlement-json.ts'

/** The pipeline's store over PostgREST: every method is one database function, and with it one transaction. */
export function createPipelineStore(client: Client, log: Pick<Log, 'error'>): PipelineStore {
  return {
    async claimDueMonitors(limit, monitorId) {
      const answer = (await call(client, 'claim_due_monitors', {
        p_limit: limit,
        ...(monitorId === undefined ? {} : { p_monitor_id: monitorId }),
      })) as { claims: ClaimRow[]; next_due_at: string | null }
      return { claims: readable(answer.claims, toClaim, log), nextDueAt: toInstant(answer.next_due_at) }
    },

    async renewLeases(claims) {
      await call(client, 'renew_leases', {
        p_monitor_ids: claims.map(({ monitor }) => monitor.id),
        p_tokens: claims.map(({ token }) => token),
      })
    },

    async loadDecisionContext(monitorIds) {
      const [answer, open] = (await Promise.all([
        call(client, 'load_decision_context', { p_monitor_ids: monitorIds }),
        call(client, 'load_incidents_about', { p_monitor_ids: monitorIds }),
      ])) as [Record<string, ContextRow>, Record<string, OpenIncidentRow>]
      return new Map(
        Object.entries(answer).map(([id, row]) => {
          const openIncident = open[id] === undefined ? null : toOpenIncident(open[id])
          return [id, { ...toContext(row, log), openIncident }]
        }),
      )
    },

    async recordSettlements(settlements) {
      // Wrapped in an object: a bare array would reach the function as something else through the embedded stack.
      const payload = { settlements: settlements.map(settlementJson) }
      return (await call(client, 'record_probe_results', { p_settlements: payload as never })) as {
        recorded: number
        stale: number
      }
    },

    async claimNotifications(limit) {
      const answer = (await call(client, 'claim_notifications', { p_limit: limit })) as {
        claims: NotificationRow[]
        next_attempt_at: string | null
      }
      return {
        claims: readable(answer.claims, toNotificationClaim, log),
        nextAttemptAt: toInstant(answer.next_attempt_at),
      }
    },

    async finishDelivery(delivery) {
      return (await call(client, 'finish_delivery', { p_delivery: deliveryJson(delivery) as never })) as boolean
    },

    async findHeartbeat(address) {
      const args = 'id' in address ? { id: address.id, pingKey: null, key: null } : { id: null, ...address }
      return (await call(client, 'find_heartbeat', {
        p_monitor_id: args.id as string,
        p_ping_key: args.pingKey as string,
        p_key: args.key as string,
      })) as string | null
    },

    async recordHeartbeatPing(ping) {
      return (await call(client, 'record_heartbeat_ping', {
        p_monitor_id: ping.monitorId,
        p_kind: ping.kind,
        p_exit_code: ping.exitCode as number,
        p_run_id: ping.runId as string,
        p_body_excerpt: ping.bodyExcerpt as string,
      })) as boolean
    },

    async rollupResults(from, until) {
      await call(client, 'rollup_probe_results', { p_from: toIso(from), p_until: toIso(until) })
      await call(client, 'rollup_region_results', { p_from: toIso(from), p_until: toIso(until) })
    },

    async rollupDays(from, until) {
      await call(client, 'rollup_days', { p_from: toIso(from), p_until: toIso(until) })
    },

    async packResults() {
      const answer = (await call(client, 'pack_probe_results', undefined as never)) as { has_more: boolean }
      return { hasMore: answer.has_more }
    },

    async prune(packedDays) {
      await call(client, 'prune_probe_results', { p_packed_days: packedDays })
      await call(client, 'prune_region_results', undefined as never)
      await call(client, 'prune_rate_buckets', undefined as never)
    },

    async startTask(task, runId) {
      await call(client, 'start_task', { p_task: task, p_run_id: runId })
    },

    async finishTask(task, runId, summary, error) {
      await call(client, 'finish_task', {
        p_task: task,
        p_run_id: runId,
        p_summary: summary as never,
        p_error: error as string,
      })
    },
  }
}

/**
 * Rows whose stored configuration this version cannot read (written past the application, or by a newer one) are left out and logged:
 * one of them must not keep all the others from being probed or told. A claimed one stays leased and shows as unknown.
 */
export function readable<Row extends object, Value>(
  rows: Row[],
  read: (row: Row) => Value,
  log: Pick<Log, 'error'>,
): Value[] {
  return rows.flatMap((row) => {
    try {
      return [read(row)]
    } catch (error) {
      const { id } = 'monitor' in row ? (row.monitor as MonitorRow) : (row as { id?: string })
      log.error('store.unreadable_row', { id, error: String(error) })
      return []
    }
  })
}

interface ClaimRow {
  token: number
  slot_at: string
  monitor: MonitorRow
  secret_ciphertext: string | null
  state: StateRow
}

export interface ContextRow {
  project: { id: string; slug: string; name: string; time_zone: string; locale: Locale }
  notify_channel_ids: string[]
  channels: ChannelRow[]
  last_incident: IncidentFactsRow | null
  last_deployment: DeploymentRow | null
  firing: { id: string; kind: AlertKind; started_at: string; muted_reason: string | null }[]
  comparison: { deployment: DeploymentRow; before: ResultsRow; after: ResultsRow } | null
  down_dependencies: DependencyRow[]
  mutes: MutesRow
}

interface NotificationRow {
  id: string
  token: number
  attempt: number
  kind: NotificationKind
  created_at: string
  payload: MessageData
  incident_id: string | null
  channel: ChannelRow
  secret_ciphertext: string | null
  spare_channels: NotificationClaim['spareChannels']
}

function toClaim(row: ClaimRow): MonitorClaim {
  return {
    token: row.token,
    slotAt: fromIso(row.slot_at),
    monitor: toMonitor(row.monitor),
    secretCiphertext: row.secret_ciphertext,
    state: toStoredState(row.state),
  }
}

export function toProjectFacts(row: ContextRow['project']): ProjectFacts {
  return { id: row.id, slug: row.slug, name: row.name, timeZone: row.time_zone, locale: row.locale }
}

function toContext(row: ContextRow, log: Pick<Log, 'error'>): Omit<DecisionContext, 'openIncident'> {
  return {
    project: toProjectFacts(row.project),
    channels: readable(row.channels, toChannel, log),
    notifyChannelIds: row.notify_channel_ids,
    lastIncident: row.last_incident && toIncidentFacts(row.last_incident),
    lastDeployment: toLastDeployment(row.last_deployment),
    firing: row.firing.map(({ id, kind, started_at, muted_reason }) => ({
      id,
      kind,
      startedAt: fromIso(started_at),
      mutedReason: muted_reason,
    })),
    comparison: row.comparison && {
      deployment: toDeployed(row.comparison.deployment),
      before: toProbeFigures(row.comparison.before),
      after: toProbeFigures(row.comparison.after),
      soakMs: row.mutes.soak_minutes * MINUTE,
    },
    mutes: {
      ...toMuteFacts({ ...row.mutes, last_deployment: row.last_deployment }, log),
      downDependencies: row.down_dependencies.map(toDependency),
    },
  }
}

function toNotificationClaim(row: NotificationRow): NotificationClaim {
  return {
    id: row.id,
    token: row.token,
    attempt: row.attempt,
    kind: row.kind,
    createdAt: fromIso(row.created_at),
    payload: row.payload,
    incidentId: row.incident_id,
    channel: toChannel(row.channel),
    secretCiphertext: row.secret_ciphertext,
    spareChannels: row.spare_channels,
  }
}

function deliveryJson({ id, token, result, next, timeline, fallback }: FinishedDelivery): Record<string, unknown> {
  return {
    id,
    token,
    outcome: result.outcome,
    detail: result.detail,
    status_code: 'statusCode' in result ? result.statusCode : null,
    provider_id: result.outcome === 'delivered' ? result.providerId : null,
    via_outbox: result.outcome === 'delivered' && result.viaOutbox,
    next: next.kind,
    next_attempt_at: next.kind === 'retry' ? toIso(next.at) : null,
    next_reason: 'reason' in next ? next.reason : null,
    timeline,
    fallback_channel_id: fallback?.channelId ?? null,
    fallback_reason: fallback?.reason ?? null,
  }
}
