import { shownState } from '../../domain/monitor/monitor.ts'
import { severityOf } from '../../domain/monitor/severity.ts'
import { uptimeOf } from '../../domain/rollup/uptime.ts'
import { writeDuration } from '../../domain/time/duration.ts'
import { type Instant, SECOND, toIso } from '../../domain/time/instant.ts'
import type { ApiMonitor, ApiResult } from '../../ports/api-store.ts'

/** Field names and their meaning are a public interface. Instants are RFC 3339, lengths of latency ms, shares from 0 to 1. */
export function monitorJson(monitor: ApiMonitor, now: Instant, projectUrl: string): Record<string, unknown> {
  const state = shownState(monitor.state, monitor, monitor.lastResultAt, now)
  const { uptime, coverage } = uptimeOf(monitor.days30)
  return {
    id: monitor.id,
    key: monitor.key,
    name: monitor.name,
    kind: monitor.kind,
    url: monitor.url,
    state,
    since: toIso(sinceOf(monitor, state)),
    lastResultAt: isoOrNull(monitor.lastResultAt),
    // A ping answers nothing, so that nothing was slow or fast.
    latencyMs: monitor.kind === 'heartbeat' ? null : roundMs(monitor.lastLatencyMs),
    flapping: monitor.isFlapping,
    interval: writeDuration(monitor.intervalSeconds * SECOND),
    timeout: writeDuration(monitor.timeoutMs),
    severity: monitor.severity,
    tags: monitor.tags,
    group: monitor.groupName,
    runbook: monitor.runbookUrl,
    regions: monitor.regions,
    quorum: monitor.quorum,
    uptime: { days30: floorShare(uptime), coverage: floorShare(coverage) },
    certificateExpiresAt: isoOrNull(monitor.certificateExpiresAt),
    openIncident: openIncidentJson(monitor.openIncident, projectUrl),
    pageUrl: `${projectUrl}/monitors/${monitor.key}`,
  }
}

export function resultJson(result: ApiResult): Record<string, unknown> {
  return {
    slotAt: toIso(result.slotAt),
    probedAt: toIso(result.probedAt),
    region: result.region,
    verdict: result.verdict,
    cause: result.cause,
    message: result.message,
    statusCode: result.statusCode,
    latencyMs: roundMs(result.latencyMs),
    phasesMs: Object.fromEntries(Object.entries(result.phases).map(([name, ms]) => [name, roundMs(ms)])),
  }
}

function openIncidentJson(incident: ApiMonitor['openIncident'], projectUrl: string): Record<string, unknown> | null {
  if (incident === null) return null
  const { id, number, priority, status, startedAt } = incident
  const url = `${projectUrl}/incidents/${id}`
  return { id, number, severity: severityOf(priority), priority, status, startedAt: toIso(startedAt), url }
}

/** A pause and a silence began at moments of their own; the stored state is older than both. */
function sinceOf({ pausedAt, lastResultAt, sinceAt }: ApiMonitor, state: string): Instant {
  if (state === 'paused') return pausedAt ?? sinceAt
  return state === 'unknown' ? (lastResultAt ?? sinceAt) : sinceAt
}

export function isoOrNull(at: Instant | null): string | null {
  return at === null ? null : toIso(at)
}

function roundMs(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms * 10) / 10
}

/** Six digits and never rounded up: 0.9999999 is not 1. */
function floorShare(share: number | null): number | null {
  return share === null ? null : Math.floor(share * 1e6 + 1e-6) / 1e6
}
