import type { ConfigurationError } from '../../domain/configuration/issue.ts'
import type { ConfigurationPlan, SecretChange } from '../../domain/configuration/plan.ts'
import type { AppliedCounts, ConfigurationWrites, SealedSecret } from '../../ports/configuration-store.ts'
import type { SecretBox } from '../../ports/secret-box.ts'
import { type ConfigurationDeps, type ConfigurationRequest, planFromText } from './plan.ts'

export type AppliedConfiguration =
  | { ok: true; plan: ConfigurationPlan; counts: AppliedCounts; projectId: string }
  | { ok: false; errors: ConfigurationError[] }

/**
 * Brings a project to what the text describes: whole, or not at all when anything in it is wrong. Applying the same text again changes
 * nothing. `actor` is who did it, for the audit log.
 */
export async function applyFromText(
  deps: ConfigurationDeps,
  request: ConfigurationRequest & { actor: string },
): Promise<AppliedConfiguration> {
  const planned = await planFromText(deps, request)
  if (!planned.ok) return planned
  // Called even when the plan is empty: between plan and apply somebody may have changed something, and the database decides.
  const { counts, projectId } = await deps.store.apply(sealPlan(planned.plan, deps.secretBox), request.actor)
  return { ok: true, plan: planned.plan, counts, projectId }
}

function sealPlan(plan: ConfigurationPlan, box: SecretBox): ConfigurationWrites {
  const { project, reportRecipients, channels, monitors, kpis, rules, keptRules, slos } = plan
  return {
    project,
    reportRecipients,
    channels: channels.map((channel) => ({ ...channel, secret: seal(channel.secret, box) })),
    monitors: monitors.map((monitor) => ({ ...monitor, secret: seal(monitor.secret, box) })),
    kpis: kpis.map((kpi) => ({ ...kpi, secret: seal(kpi.secret, box) })),
    rules,
    keptRules,
    slos,
  }
}

function seal(change: SecretChange<unknown>, box: SecretBox): SealedSecret {
  return change.op === 'set' ? { op: 'set', ciphertext: box.seal(change.value) } : change
}
