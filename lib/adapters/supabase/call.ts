import type { Client } from './create-client.ts'
import type { Database } from './database.types.ts'

type Functions = Database['public']['Functions']

/** What Postgres refused, with the field where the function named one. `status` is the HTTP status that PostgREST made of it. */
export class DatabaseError extends Error {
  readonly code: string
  readonly field: string | null

  constructor(message: string, code: string, field: string | null) {
    super(message)
    this.code = code
    this.field = field
  }

  /** `PT404`, `PT409`, `PT422`, `PT403`: raised on purpose by our own functions, with a sentence for people. */
  get isRefusal(): boolean {
    return /^PT4\d\d$/.test(this.code)
  }
}

/** Calls a database function; its answer comes back untyped JSON where the function answers jsonb. Throws `DatabaseError`. */
export async function call<Name extends keyof Functions & string>(
  client: Client,
  name: Name,
  args: Functions[Name]['Args'],
): Promise<unknown> {
  const { data, error } = await client.rpc(name, args as never)
  if (error) throw new DatabaseError(error.message, error.code ?? '', error.details || null)
  return data
}
