import { z } from 'zod'
import { type CommandResult, refuse } from '../../ports/command-result.ts'
import type { KpiCommands } from '../../ports/kpi-commands.ts'

const idsSchema = z.array(z.uuid()).max(100)

/** Chooses the channels that get the daily digest; none switches it off. False when nothing was different. Admins. */
export async function chooseDigestChannels(
  commands: Pick<KpiCommands, 'saveDigestChannels'>,
  projectId: string,
  channelIds: readonly string[],
): Promise<CommandResult<boolean>> {
  const parsed = idsSchema.safeParse(channelIds)
  if (!parsed.success) return refuse('channels', 'invalid', 'must be channels of the project')
  return commands.saveDigestChannels(projectId, parsed.data)
}
