import { type SilenceSpec, silenceSpecSchema } from '../../domain/mute/schema.ts'
import type { CommandResult } from '../../ports/command-result.ts'
import type { MuteCommands } from '../../ports/mute-commands.ts'

/** What a form says of a silence, before it is checked. */
export interface SilenceDraft {
  /** `label="value"`, with =, !=, =~ or !~. */
  matchers: readonly string[]
  /** Ms since the epoch; NaN where no time was given. */
  startsAt: number
  endsAt: number
  comment: string
}

/** Silences alerts by their labels for a while; answers the id. Wrong values change nothing. Responders. */
export async function createSilence(
  commands: Pick<MuteCommands, 'createSilence'>,
  projectId: string,
  draft: SilenceDraft,
): Promise<CommandResult<string>> {
  const parsed = silenceSpecSchema.safeParse(draft)
  if (parsed.success) return commands.createSilence(projectId, parsed.data satisfies SilenceSpec)
  const errors = parsed.error.issues.map(({ path, message }) => {
    const given = path[0] === 'matchers' && typeof path[1] === 'number' ? draft.matchers[path[1]] : undefined
    return { field: String(path[0]), code: 'invalid', message, ...(given === undefined ? {} : { given }) }
  })
  return { ok: false, errors }
}
