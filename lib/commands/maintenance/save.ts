import { planAhead } from '../../domain/mute/plan-ahead.ts'
import { maintenanceSpecSchema } from '../../domain/mute/schema.ts'
import type { Instant } from '../../domain/time/instant.ts'
import { type CommandResult, refuse } from '../../ports/command-result.ts'
import type { MuteCommands } from '../../ports/mute-commands.ts'

/** What a form says of a maintenance, before it is checked. */
export interface MaintenanceDraft {
  name: string
  description: string
  scope: { kind: 'project' } | { kind: 'tags'; tags: string[] } | { kind: 'monitors'; keys: string[] }
  timeZone: string
  /** `2026-11-30`. */
  startDate: string
  /** NaN where no time was given. */
  startTimeMs: number
  durationMs: number
  /** RRULE; null for once. */
  recurrence: string | null
  announced: boolean
}

/** Plans a maintenance (`id` null) or changes one, with its times for the next months; answers the id. Admins. */
export async function saveMaintenance(
  commands: Pick<MuteCommands, 'saveMaintenance'>,
  projectId: string,
  id: string | null,
  draft: MaintenanceDraft,
  now: Instant,
): Promise<CommandResult<string>> {
  const parsed = maintenanceSpecSchema.safeParse(draft)
  if (!parsed.success) {
    const errors = parsed.error.issues.map(({ path, message }) => ({ field: fieldOf(path), code: 'invalid', message }))
    return { ok: false, errors }
  }
  const times = planAhead(parsed.data, now)
  if (times.occurrences.length === 0) return refuse('startDate', 'past', 'never takes place from now on')
  return commands.saveMaintenance(projectId, id, parsed.data, times)
}

/** What the form calls it: each kind of scope has a field of its own. */
function fieldOf([first, second]: readonly PropertyKey[]): string {
  if (first === 'startTimeMs') return 'startTime'
  if (first === 'durationMs') return 'duration'
  return first === 'scope' && second !== undefined ? String(second) : String(first)
}
