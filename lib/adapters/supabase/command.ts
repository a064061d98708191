import { type CommandResult, refuse } from '../../ports/command-result.ts'
import { call, DatabaseError } from './call.ts'
import type { Client } from './create-client.ts'
import type { Database } from './database.types.ts'

type Functions = Database['public']['Functions']

/**
 * Calls a database function on behalf of a person. What the function refuses on purpose becomes a value that a form can show; anything
 * else (no connection, a bug) throws.
 */
export async function command<Value, Name extends keyof Functions & string>(
  client: Client,
  name: Name,
  args: Functions[Name]['Args'],
): Promise<CommandResult<Value>> {
  try {
    return { ok: true, value: (await call(client, name, args)) as Value }
  } catch (error) {
    if (error instanceof DatabaseError && error.isRefusal) return refuse(error.field, error.code, error.message)
    throw error
  }
}
