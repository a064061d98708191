import type { CommandResult } from '../../ports/command-result.ts'
import type { SettingsCommands } from '../../ports/settings-commands.ts'
import { listProjectErrors, projectSettingsSchema } from './parse-project.ts'

export interface ProjectDraft {
  name: string
  timeZone: string
  locale: string
  reportRecipients: string[]
}

/** Changes name, time zone, language and report recipients. Wrong values change nothing. */
export async function saveProject(
  commands: SettingsCommands,
  projectId: string,
  draft: ProjectDraft,
): Promise<CommandResult> {
  const parsed = projectSettingsSchema.safeParse(draft)
  if (!parsed.success) return { ok: false, errors: listProjectErrors(parsed.error, draft.reportRecipients) }
  return commands.saveProject(projectId, parsed.data)
}
