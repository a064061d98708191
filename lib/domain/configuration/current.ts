import type { InstalledRule } from '../pack/installed.ts'
import type { SloSpec } from '../slo/slo.ts'
import type { ConfiguredChannel, ConfiguredKpi, ConfiguredMonitor, ConfiguredProject, Without } from './desired.ts'

export type ManagedBy = 'file' | null

/** Secrets that could not be opened, because they were sealed with another key: whatever the file says replaces them. */
export type Opened<Secrets> = Secrets | 'unreadable'

export type CurrentChannel = Without<ConfiguredChannel, 'secrets'> & {
  secrets: Opened<ConfiguredChannel['secrets']>
  managedBy: ManagedBy
}

export type CurrentMonitor = Without<ConfiguredMonitor, 'secrets' | 'paused'> & {
  secrets: Opened<ConfiguredMonitor['secrets']>
  paused: boolean
  managedBy: ManagedBy
}

export type CurrentKpi = Without<ConfiguredKpi, 'secrets'> & {
  secrets: Opened<ConfiguredKpi['secrets']>
  managedBy: ManagedBy
}

/** `notifyChannelIds` of both hold keys of channels, as a file does. */
export type CurrentRule = InstalledRule & { managedBy: ManagedBy }

export type CurrentSlo = SloSpec & { managedBy: ManagedBy }

/** What a project has now, in the same terms as what a file asks for. */
export interface CurrentConfiguration {
  project: ConfiguredProject
  reportRecipients: string[]
  channels: CurrentChannel[]
  monitors: CurrentMonitor[]
  kpis: CurrentKpi[]
  rules: CurrentRule[]
  slos: CurrentSlo[]
  /** Units by name of metric: they tell what a limit means. */
  metricUnits: ReadonlyMap<string, string>
  tokenBudget: number | null
}
