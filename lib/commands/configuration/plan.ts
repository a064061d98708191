import { findWrongRules } from '../../domain/configuration/check-rules.ts'
import type { CurrentConfiguration, Opened } from '../../domain/configuration/current.ts'
import { toDesiredRules } from '../../domain/configuration/desired-rules.ts'
import type { LookUpVariable } from '../../domain/configuration/interpolate.ts'
import type { ConfigurationError } from '../../domain/configuration/issue.ts'
import { type ConfigurationPlan, planConfiguration } from '../../domain/configuration/plan.ts'
import {
  findUncounted,
  findUnknownChannels,
  findWrongDependencies,
  findWrongQuorums,
} from '../../domain/configuration/references.ts'
import { kpiSecretsSchema } from '../../domain/kpi/config.ts'
import { monitorSecretsSchema } from '../../domain/monitor/config.ts'
import { channelSecretsSchema } from '../../domain/notification/channel.ts'
import type { ConfigurationStore, StoredConfiguration } from '../../ports/configuration-store.ts'
import type { ConfigurationSyntax } from '../../ports/configuration-syntax.ts'
import type { SecretBox } from '../../ports/secret-box.ts'
import { checkConfiguration } from './check.ts'

export interface ConfigurationDeps {
  store: ConfigurationStore
  secretBox: SecretBox
  syntax: ConfigurationSyntax
}

export interface ConfigurationRequest {
  text: string
  lookUp: LookUpVariable
  /** The one project that the caller may configure; null for the installation's own file, which may name any. */
  onlySlug: string | null
}

export type PlannedConfiguration = { ok: true; plan: ConfigurationPlan } | { ok: false; errors: ConfigurationError[] }

/** What applying the text would change. Reads only. */
export async function planFromText(
  deps: ConfigurationDeps,
  request: ConfigurationRequest,
): Promise<PlannedConfiguration> {
  const checked = checkConfiguration(request.text, deps.syntax, request.lookUp)
  if (!checked.ok) return checked
  const { desired, place } = checked
  const { slug } = desired.project
  if (request.onlySlug !== null && request.onlySlug !== slug) {
    const message = `must be ${request.onlySlug}, the project of the API key (got "${slug}")`
    return { ok: false, errors: place([{ path: ['project', 'slug'], message }]) }
  }
  const stored = await deps.store.read(slug)
  const current = stored === null ? null : openConfiguration(stored, deps.secretBox)
  const { rules, issues } = toDesiredRules(desired, current)
  const wrong = [
    ...findUnknownChannels(desired, current),
    ...findWrongDependencies(desired, current),
    ...findWrongQuorums(desired),
    ...findUncounted(desired, current),
    ...issues,
    ...findWrongRules(desired, current, rules),
  ]
  if (wrong.length > 0) return { ok: false, errors: place(wrong) }
  return { ok: true, plan: planConfiguration(desired, current, rules) }
}

/** What is stored, in the terms of a file, with its secrets opened. */
export function openConfiguration(stored: StoredConfiguration, box: SecretBox): CurrentConfiguration {
  return {
    project: stored.project,
    rules: stored.rules,
    slos: stored.slos,
    metricUnits: stored.metricUnits,
    tokenBudget: stored.tokenBudget,
    reportRecipients: stored.reportRecipients,
    channels: stored.channels.map(({ channel, managedBy, secretCiphertext }) => ({
      ...channel,
      managedBy,
      secrets: open(box, secretCiphertext, (value) => channelSecretsSchema.parse(value)),
    })),
    monitors: stored.monitors.map(({ monitor, notify, managedBy, secretCiphertext }) => ({
      ...monitor,
      notify,
      managedBy,
      paused: monitor.pausedAt !== null,
      secrets: open(box, secretCiphertext, (value) => monitorSecretsSchema.parse(value)),
    })),
    kpis: stored.kpis.map(({ kpi, managedBy, secretCiphertext }) => ({
      ...kpi,
      managedBy,
      secrets: open(box, secretCiphertext, (value) => kpiSecretsSchema.parse(value)),
    })),
  }
}

function open<Secrets>(box: SecretBox, ciphertext: string | null, read: (value: unknown) => Secrets): Opened<Secrets> {
  try {
    return read(ciphertext === null ? {} : box.open(ciphertext))
  } catch {
    // Sealed under another VIGIE_SECRET_KEY. Not fatal: the file brings the secret along, and it is sealed anew.
    return 'unreadable'
  }
}
