import type { DatabaseFailure } from '../../domain/database/source.ts'
import { type CommandResult, refuse } from '../../ports/command-result.ts'
import type { DatabaseCommands } from '../../ports/database-commands.ts'
import type { DatabaseReader } from '../../ports/database-reader.ts'

/**
 * Looks into a database at once, the way the scheduler does, so that it proves that way. `failure` is null when it went well; the
 * value itself is null when somebody else was looking already, whose answer the page will show.
 */
export async function checkDatabaseNow(
  deps: {
    commands: Pick<DatabaseCommands, 'check'>
    reader: Pick<DatabaseReader, 'listSources'>
    /** In the machine's own name; answers how many were looked into. */
    collect: (sourceId: string) => Promise<number>
  },
  projectId: string,
  sourceId: string,
): Promise<CommandResult<{ failure: DatabaseFailure | null } | null>> {
  const allowed = await deps.commands.check(projectId, sourceId)
  if (!allowed.ok) return allowed
  const gone = refuse(null, 'PT404', 'there is no such database in this project')
  if (!allowed.value) return gone
  if ((await deps.collect(sourceId)) === 0) return { ok: true, value: null }
  const source = (await deps.reader.listSources(projectId)).find(({ id }) => id === sourceId)
  return source === undefined ? gone : { ok: true, value: { failure: source.failure } }
}
