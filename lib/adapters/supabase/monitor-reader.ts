import type { MonitorKind } from '../../domain/monitor/config.ts'
import type { ChannelKind } from '../../domain/notification/channel.ts'
import { toIso } from '../../domain/time/instant.ts'
import type { MonitorReader } from '../../ports/monitor-reader.ts'
import { call } from './call.ts'
import type { Client } from './create-client.ts'
import { type DetailRow, type SeriesRow, toDetail, toPing, toResult, toSeries } from './monitor-history-rows.ts'
import {
  type FiguresRow,
  type ListRow,
  type OverviewRow,
  toFigures,
  toListedMonitor,
  toOverview,
} from './monitor-list-rows.ts'
import { readResults } from './read-results.ts'
import { type RegionResultRow, type RegionRow, toRegionFacts, toSeen } from './region-rows.ts'
import { takeRows } from './take.ts'

/** `client` acts as the person who asks: row level security decides what there is. */
export function createMonitorReader(client: Client): MonitorReader {
  return {
    async readOverview(projectId) {
      return toOverview((await call(client, 'read_overview', { p_project_id: projectId })) as OverviewRow)
    },

    async listMonitors(projectId, { state, kind, tag, group, search, after, limit }) {
      const answer = (await call(client, 'read_monitor_list', {
        p_project_id: projectId,
        p_limit: limit,
        ...(state === null ? {} : { p_state: state }),
        ...(kind === null ? {} : { p_kind: kind }),
        ...(tag === null ? {} : { p_tag: tag }),
        ...(group === null ? {} : { p_group: group }),
        ...(search === null ? {} : { p_search: search }),
        ...(after === null ? {} : { p_after: { ...after } }),
      })) as { total: number; monitors: ListRow[] }
      return { total: answer.total, monitors: answer.monitors.map(toListedMonitor) }
    },

    async readFigures(monitorIds) {
      if (monitorIds.length === 0) return new Map()
      const answer = await call(client, 'read_monitor_figures', { p_monitor_ids: monitorIds })
      return new Map(Object.entries(answer as Record<string, FiguresRow>).map(([id, row]) => [id, toFigures(row)]))
    },

    async readFacets(projectId) {
      return (await call(client, 'read_monitor_facets', { p_project_id: projectId })) as {
        kinds: MonitorKind[]
        tags: string[]
        groups: string[]
      }
    },

    async findMonitor(projectId, key) {
      const row = (await call(client, 'read_monitor', { p_project_id: projectId, p_key: key })) as DetailRow | null
      return row && toDetail(row)
    },

    async readSeries(monitorId, range) {
      return toSeries(
        (await call(client, 'read_monitor_series', { p_monitor_id: monitorId, p_range: range })) as SeriesRow,
      )
    },

    async listResults(monitorId, { before, limit }) {
      return (await readResults(client, monitorId, { until: before, limit })).map(toResult)
    },

    async readRegions(monitorId, range) {
      const rows = await call(client, 'read_monitor_regions', { p_monitor_id: monitorId, p_range: range })
      return (rows as unknown as RegionRow[]).map(toRegionFacts)
    },

    async listRegionResults(monitorId, fromAt, untilAt) {
      const results = client
        .from('region_results')
        .select('slot_at, region, verdict, latency_ms, cause, message')
        .eq('monitor_id', monitorId)
        .gte('slot_at', toIso(fromAt))
        .lte('slot_at', toIso(untilAt))
        .order('slot_at', { ascending: false })
        .order('region')
      return takeRows(await results.limit(1_000)).map((row) => ({
        region: row.region,
        ...toSeen(row as RegionResultRow),
      }))
    },

    async listPings(monitorId, limit) {
      const pings = client
        .from('heartbeat_pings')
        .select('id, received_at, kind, exit_code, duration_ms, body_excerpt')
        .eq('monitor_id', monitorId)
        .order('id', { ascending: false })
        .limit(limit)
      return takeRows(await pings).map(toPing)
    },

    async listChannelChoices(projectId) {
      const channels = client
        .from('channels')
        .select('id, name, kind, enabled')
        .eq('project_id', projectId)
        .order('name')
      return takeRows(await channels.limit(500)).map((row) => ({ ...row, kind: row.kind as ChannelKind }))
    },

    async listNames(projectId, limit) {
      const names = client.from('monitors').select('key, name').eq('project_id', projectId).order('name').order('id')
      return takeRows(await names.limit(limit))
    },
  }
}
