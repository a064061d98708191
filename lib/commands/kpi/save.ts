import type { KpiSecrets } from '../../domain/kpi/config.ts'
import type { CommandResult } from '../../ports/command-result.ts'
import type { KpiCommands, SavedKpi } from '../../ports/kpi-commands.ts'
import type { SecretBox } from '../../ports/secret-box.ts'
import { type KpiDraft, parseKpi } from './parse-kpi.ts'

/** Creates a KPI (`id` null) or changes one; its query is due at once. Wrong values change nothing. Admins. */
export async function saveKpi(
  deps: { commands: Pick<KpiCommands, 'save'>; secretBox: SecretBox },
  projectId: string,
  id: string | null,
  draft: KpiDraft,
): Promise<CommandResult<SavedKpi>> {
  const parsed = parseKpi(draft)
  if (!parsed.ok) return parsed
  const { spec, database } = parsed.value
  const secret =
    database === null
      ? ({ op: 'keep' } as const)
      : ({ op: 'set', ciphertext: deps.secretBox.seal({ database: database.trim() } satisfies KpiSecrets) } as const)
  return deps.commands.save(projectId, id, spec, secret)
}
