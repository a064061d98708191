import type { MonitorTarget } from '../monitor/config.ts'
import { writeDuration } from '../time/duration.ts'
import { SECOND } from '../time/instant.ts'
import type { ConfiguredChannel, ConfiguredKpi, ConfiguredMonitor, Without } from './desired.ts'

/** A channel, monitor or KPI in the words of the file, without its key and without secrets. Values are plain JSON. */
export type FileForm = Record<string, unknown>

/** The opposite of `toDesired` for one channel, all fields written out. */
export function channelToFileForm(channel: Without<ConfiguredChannel, 'secrets'>): FileForm {
  return { kind: channel.kind, name: channel.name, minSeverity: channel.minSeverity, ...channel.config }
}

/** The opposite of `toDesired` for one monitor, all fields written out. */
export function monitorToFileForm(monitor: Without<ConfiguredMonitor, 'secrets'>): FileForm {
  return {
    kind: monitor.kind,
    name: monitor.name,
    ...targetToFileForm(monitor),
    interval: writeDuration(monitor.intervalSeconds * SECOND),
    timeout: writeDuration(monitor.timeoutMs),
    confirm: monitor.confirm,
    severity: monitor.severity,
    notify: [...new Set(monitor.notify)].sort(),
    tags: monitor.tags,
    group: monitor.groupName,
    runbook: monitor.runbookUrl,
    dependsOn: monitor.dependsOn,
    regions: monitor.regions,
    quorum: monitor.quorum,
    ...(monitor.paused === null ? {} : { paused: monitor.paused }),
  }
}

/** The opposite of `toDesired` for one KPI, all fields written out. */
export function kpiToFileForm(kpi: Without<ConfiguredKpi, 'secrets'>): FileForm {
  const { name, unit, lowerLimit: below, upperLimit: above } = kpi
  const limits = { ...(below === null ? {} : { below }), ...(above === null ? {} : { above }) }
  const what =
    kpi.kind === 'pushed' ? { pushed: true } : { sql: kpi.query, schedule: kpi.schedule, timeZone: kpi.timeZone }
  return { name, unit, ...what, limits }
}

function targetToFileForm(target: MonitorTarget): FileForm {
  switch (target.kind) {
    case 'http':
    case 'status_page':
      return { ...target.config }
    case 'tcp':
    case 'postgres': {
      const { latencyMs, ...config } = target.config
      return { ...config, expect: latencyMs === undefined ? {} : { latencyMs } }
    }
    case 'prometheus': {
      const { latencyMs, samples, ...config } = target.config
      return { ...config, expect: { samples, ...(latencyMs === undefined ? {} : { latencyMs }) } }
    }
    case 'dns': {
      const { expectValues: values, ...config } = target.config
      return { ...config, expect: { values } }
    }
    case 'tls': {
      const { certificateDays, ...config } = target.config
      return { ...config, expect: { certificateDays } }
    }
    case 'heartbeat': {
      const { periodSeconds, graceSeconds, ...config } = target.config
      return { period: writeDuration(periodSeconds * SECOND), grace: writeDuration(graceSeconds * SECOND), ...config }
    }
  }
}
