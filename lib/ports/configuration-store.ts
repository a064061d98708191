import type { CurrentRule, CurrentSlo, ManagedBy } from '../domain/configuration/current.ts'
import type { ConfiguredChannel, ConfiguredKpi, ConfiguredProject, Without } from '../domain/configuration/desired.ts'
import type { ConfigurationPlan } from '../domain/configuration/plan.ts'
import type { Monitor } from '../domain/monitor/monitor.ts'

/** A project as it is stored: what a file describes, with its secrets still sealed. */
export interface StoredConfiguration {
  projectId: string
  project: ConfiguredProject
  reportRecipients: string[]
  channels: { channel: Without<ConfiguredChannel, 'secrets'>; managedBy: ManagedBy; secretCiphertext: string | null }[]
  monitors: { monitor: Monitor; notify: string[]; managedBy: ManagedBy; secretCiphertext: string | null }[]
  kpis: { kpi: Without<ConfiguredKpi, 'secrets'>; managedBy: ManagedBy; secretCiphertext: string | null }[]
  rules: CurrentRule[]
  slos: CurrentSlo[]
  metricUnits: ReadonlyMap<string, string>
  tokenBudget: number | null
}

export type SealedSecret = { op: 'keep' } | { op: 'set'; ciphertext: string } | { op: 'clear' }

type Sealed<Item> = Without<Item, 'secret'> & { secret: SealedSecret }

/** What a plan writes, with secrets sealed. */
export interface ConfigurationWrites {
  project: ConfigurationPlan['project']
  reportRecipients: ConfigurationPlan['reportRecipients']
  channels: Sealed<ConfigurationPlan['channels'][number]>[]
  monitors: Sealed<ConfigurationPlan['monitors'][number]>[]
  kpis: Sealed<ConfigurationPlan['kpis'][number]>[]
  rules: ConfigurationPlan['rules']
  keptRules: ConfigurationPlan['keptRules']
  slos: ConfigurationPlan['slos']
}

export interface AppliedCounts {
  created: number
  updated: number
  unchanged: number
  deleted: number
}

/** Where configuration is kept. Both methods throw when the database is away. */
export interface ConfigurationStore {
  /** Null when there is no such project. */
  read(slug: string): Promise<StoredConfiguration | null>
  /** Whole or not at all, by one statement; `actor` stands in the audit log. Creates the project if need be. */
  apply(writes: ConfigurationWrites, actor: string): Promise<{ projectId: string; counts: AppliedCounts }>
}
