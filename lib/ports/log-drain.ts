import type { Instant } from '../domain/time/instant.ts'
import type { SecretChange } from './channel-commands.ts'
import type { CommandResult } from './command-result.ts'

/** Why a delivery of a log drain was turned away although its API key is good. */
export type LogDrainError = 'unsigned' | 'wrong_signature'

/** What a page shows of the log drain of a project. The secret itself never comes back. */
export interface LogDrainFacts {
  /** What Vercel wants to read in `x-vercel-verify`; empty for none. */
  verifyToken: string
  hasSecret: boolean
  /** To the minute. */
  lastReceivedAt: Instant | null
  /** Null since a delivery was taken again. */
  lastError: LogDrainError | null
  lastErrorAt: Instant | null
}

export interface LogDrainReader {
  /** Null while nothing was set and nothing has come. */
  findLogDrain(projectId: string): Promise<LogDrainFacts | null>
}

/** Changes in the name of the signed-in person; the database checks the role. Admins. */
export interface LogDrainCommands {
  /** Whether anything changed. */
  save(projectId: string, drain: { verifyToken: string; secret: SecretChange }): Promise<CommandResult<boolean>>
  /** False when there was none. */
  delete(projectId: string): Promise<CommandResult<boolean>>
}

/** What the ingest needs to let a delivery in, in the machine's name. */
export interface LogDrainStore {
  /** Null for a project without a drain, and for no project at all. */
  find(projectId: string): Promise<(LogDrainFacts & { secretCiphertext: string | null }) | null>
  /** Notes that a delivery came (`error` null), or why it was turned away. */
  note(projectId: string, error: LogDrainError | null): Promise<void>
}
