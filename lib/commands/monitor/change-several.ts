import { z } from 'zod'
import { monitorBaseSchema } from '../../domain/monitor/config.ts'
import { SEVERITIES } from '../../domain/monitor/severity.ts'
import { type CommandResult, refuse } from '../../ports/command-result.ts'
import type { MonitorCommands } from '../../ports/monitor-commands.ts'

/** A page of the list holds fifty; more than this in one transaction would hold locks for too long. */
const MOST_AT_ONCE = 500

const changeSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.enum(['pause', 'resume', 'delete']) }),
  z.strictObject({ op: z.literal('severity'), severity: z.enum(SEVERITIES) }),
  z.strictObject({ op: z.literal('tags'), tags: monitorBaseSchema.shape.tags }),
])

const idsSchema = z.array(z.uuid()).min(1).max(MOST_AT_ONCE)

/** Does the same to several monitors of a project, whole or not at all; answers how many changed. */
export async function changeMonitors(
  commands: Pick<MonitorCommands, 'setPaused' | 'edit' | 'delete'>,
  projectId: string,
  request: { monitorIds: unknown; change: unknown },
): Promise<CommandResult<number>> {
  const ids = idsSchema.safeParse(request.monitorIds)
  if (!ids.success) return refuse('monitors', 'invalid', `select 1 to ${MOST_AT_ONCE} monitors`)
  const change = changeSchema.safeParse(request.change)
  if (!change.success) {
    const [issue] = change.error.issues
    return refuse(String(issue?.path[0] ?? 'op'), 'invalid', issue?.message ?? 'must be a known change')
  }
  const { data } = change
  switch (data.op) {
    case 'pause':
    case 'resume':
      return commands.setPaused(projectId, ids.data, data.op === 'pause')
    case 'delete':
      return commands.delete(projectId, ids.data)
    case 'severity':
      return commands.edit(projectId, ids.data, { severity: data.severity })
    case 'tags':
      return commands.edit(projectId, ids.data, { tags: data.tags })
  }
}
