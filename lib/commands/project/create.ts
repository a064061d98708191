import type { CommandResult } from '../../ports/command-result.ts'
import type { SettingsCommands } from '../../ports/settings-commands.ts'
import { listProjectErrors, newProjectSchema } from './parse-project.ts'

/** Opens a further project, owned by the caller. */
export async function createProject(
  commands: SettingsCommands,
  draft: { slug: string; name: string; timeZone: string; locale: string },
): Promise<CommandResult<{ slug: string }>> {
  const parsed = newProjectSchema.safeParse(draft)
  if (!parsed.success) return { ok: false, errors: listProjectErrors(parsed.error) }
  return commands.createProject(parsed.data)
}
