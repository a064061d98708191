import { kpiSecretsSchema } from '../../domain/kpi/config.ts'
import { parseConnection } from '../../domain/kpi/connection.ts'
import type { KpiReading } from '../../domain/kpi/reading.ts'
import { isRoleAtLeast, type Role } from '../../domain/monitor/role.ts'
import { type CommandResult, refuse } from '../../ports/command-result.ts'
import type { FigureReader } from '../../ports/figure-reader.ts'
import type { KpiSecretReader } from '../../ports/kpi-store.ts'
import type { SecretBox } from '../../ports/secret-box.ts'
import { type KpiDraft, parseKpi } from './parse-kpi.ts'

export interface RunDraftDeps {
  figures: FigureReader
  secrets: KpiSecretReader
  secretBox: SecretBox
}

/**
 * Runs what a form describes before it is saved, once, and looks whether the role could write. Nothing is stored. Admins, like saving. `id` is
 * the KPI whose stored connection string is meant when the form gives none; it counts in `projectId` alone.
 */
export async function runDraft(
  deps: RunDraftDeps,
  role: Role,
  projectId: string,
  id: string | null,
  draft: KpiDraft,
): Promise<CommandResult<KpiReading>> {
  if (!isRoleAtLeast(role, 'admin'))
    return refuse(null, 'PT403', `this needs the role admin in the project; you are ${role}`)
  const parsed = parseKpi(draft)
  if (!parsed.ok) return parsed
  const { spec, database } = parsed.value
  if (spec.kind === 'pushed') return refuse('kind', 'pushed', 'a pushed KPI has no query to run')
  const connection = parseConnection(database ?? (await storedDatabase(deps, projectId, id)) ?? '')
  if (!connection.ok) return refuse('database', 'invalid', connection.message)
  const reading = await deps.figures.read({ connection: connection.connection, sql: spec.query, inspectsRole: true })
  return { ok: true, value: reading }
}

async function storedDatabase(
  { secrets, secretBox }: RunDraftDeps,
  projectId: string,
  id: string | null,
): Promise<string | null> {
  const ciphertext = id === null ? null : await secrets.findCiphertext(projectId, id)
  return ciphertext === null ? null : (kpiSecretsSchema.parse(secretBox.open(ciphertext)).database ?? null)
}
