import type { SloSpec } from '../../domain/slo/slo.ts'
import { type CommandResult, refuse } from '../../ports/command-result.ts'
import type { RuleCommands } from '../../ports/rule-commands.ts'
import { burnRulesOf } from './burn-rules.ts'

/**
 * Makes the rules on an SLO's burn rate, or brings those that are there up to its target and window. Answers their keys. What cannot be saved
 * stops it; rules that were saved before stay, as saving again does no harm. Admins.
 */
export async function alertOnBurn(
  rules: Pick<RuleCommands, 'save'>,
  projectId: string,
  slo: SloSpec,
): Promise<CommandResult<string[]>> {
  const specs = burnRulesOf(slo)
  if (specs.length === 0) return refuse(null, 'never_fires', 'no burn rate can be reached at this target')
  for (const spec of specs) {
    const saved = await rules.save(projectId, spec)
    if (!saved.ok) return saved
  }
  return { ok: true, value: specs.map(({ key }) => key) }
}
