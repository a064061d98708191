import { deployMuteSchema } from '../../domain/mute/schema.ts'
import type { CommandResult } from '../../ports/command-result.ts'
import type { MuteCommands } from '../../ports/mute-commands.ts'

/** Sets how long deployments keep alerts quiet and are suspect, as it was typed. False when nothing was different. Admins. */
export async function setDeployMute(
  commands: Pick<MuteCommands, 'setDeployMute'>,
  projectId: string,
  given: { muteSeconds: string; soakMinutes: string },
): Promise<CommandResult<boolean>> {
  const toNumber = (text: string) => (text.trim() === '' ? Number.NaN : Number(text))
  const { muteSeconds, soakMinutes } = given
  const parsed = deployMuteSchema.safeParse({
    muteSeconds: toNumber(muteSeconds),
    soakMinutes: toNumber(soakMinutes),
  })
  if (parsed.success) return commands.setDeployMute(projectId, parsed.data)
  const errors = parsed.error.issues.map(({ path, message }) => ({ field: String(path[0]), code: 'invalid', message }))
  return { ok: false, errors }
}
