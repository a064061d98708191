import { checkSlo, type SloFinding } from '../../domain/slo/check.ts'
import type { SloSpec } from '../../domain/slo/slo.ts'
import type { CommandResult } from '../../ports/command-result.ts'
import type { SavedSlo, SloCommands } from '../../ports/slo-commands.ts'
import type { SloReader } from '../../ports/slo-reader.ts'
import { parseDraft, probesADay, type SloDraft } from './parse-slo.ts'

export interface SaveSloDeps {
  commands: Pick<SloCommands, 'save'>
  reader: Pick<SloReader, 'listMonitors'>
  /** A finding as a sentence in the language of whoever saves. */
  say: (finding: SloFinding, target: number) => string
}

/**
 * Creates an SLO (`id` null) or changes one. A target that can never be met is refused with its arithmetic, monitors that are not there by name.
 * Admins.
 */
export async function saveSlo(
  deps: SaveSloDeps,
  projectId: string,
  id: string | null,
  draft: SloDraft,
): Promise<CommandResult<SavedSlo>> {
  const parsed = parseDraft(draft)
  if (!parsed.ok) return parsed
  return saveSpec(deps, projectId, id, parsed.value)
}

/** The same for an SLO that was read from a file. */
export async function saveSpec(
  { commands, reader, say }: SaveSloDeps,
  projectId: string,
  id: string | null,
  spec: SloSpec,
): Promise<CommandResult<SavedSlo>> {
  const monitors = spec.indicator.kind === 'availability' ? await reader.listMonitors(projectId) : []
  const unknown = unknownMonitor(spec, monitors)
  if (unknown !== null) {
    const message = `there is no monitor "${unknown}" in this project`
    return { ok: false, errors: [{ field: 'monitors', code: 'unknown', message, given: unknown }] }
  }
  const findings = checkSlo(spec, { probesADay: probesADay(spec, monitors) })
  const refused = findings.find(({ level }) => level === 'error')
  if (refused !== undefined) {
    return { ok: false, errors: [{ field: 'target', code: refused.code, message: say(refused, spec.target) }] }
  }
  return commands.save(projectId, id, spec)
}

function unknownMonitor({ indicator }: SloSpec, monitors: readonly { key: string }[]): string | null {
  if (indicator.kind !== 'availability') return null
  return indicator.monitors.keys?.find((key) => !monitors.some((monitor) => monitor.key === key)) ?? null
}
