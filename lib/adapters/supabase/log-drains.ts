import type {
  LogDrainCommands,
  LogDrainError,
  LogDrainFacts,
  LogDrainReader,
  LogDrainStore,
} from '../../ports/log-drain.ts'
import { call } from './call.ts'
import { command } from './command.ts'
import type { Client } from './create-client.ts'
import { toInstant } from './rows.ts'
import { take } from './take.ts'

const COLUMNS = 'verify_token, has_secret, last_received_at, last_error, last_error_at'

interface Row {
  verify_token: string
  has_secret: boolean
  last_received_at: string | null
  last_error: string | null
  last_error_at: string | null
}

export function createLogDrainReader(client: Client): LogDrainReader {
  return {
    async findLogDrain(projectId) {
      const row = take(await client.from('log_drains').select(COLUMNS).eq('project_id', projectId).maybeSingle())
      return row === null ? null : toFacts(row)
    },
  }
}

export function createLogDrainCommands(client: Client): LogDrainCommands {
  return {
    save: (projectId, { verifyToken, secret }) =>
      command(client, 'save_log_drain', {
        p_project_id: projectId,
        p_drain: { verify_token: verifyToken, secret } as never,
      }),
    delete: (projectId) => command(client, 'delete_log_drain', { p_project_id: projectId }),
  }
}

/** `client` holds the secret key: no signed-in role reads the secrets. */
export function createLogDrainStore(client: Client): LogDrainStore {
  return {
    async find(projectId) {
      const row = take(
        await client
          .from('log_drains')
          .select(`${COLUMNS}, log_drain_secrets (ciphertext)`)
          .eq('project_id', projectId)
          .maybeSingle(),
      )
      return row === null ? null : { ...toFacts(row), secretCiphertext: row.log_drain_secrets?.ciphertext ?? null }
    },
    async note(projectId, error) {
      await call(client, 'note_log_drain', { p_project_id: projectId, ...(error === null ? {} : { p_error: error }) })
    },
  }
}

function toFacts(row: Row): LogDrainFacts {
  return {
    verifyToken: row.verify_token,
    hasSecret: row.has_secret,
    lastReceivedAt: toInstant(row.last_received_at),
    lastError: row.last_error as LogDrainError | null,
    lastErrorAt: toInstant(row.last_error_at),
  }
}
