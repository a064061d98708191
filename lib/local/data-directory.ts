import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { findClosedDirectory, findPostgresAccount } from './database/postgres-account.ts'

export type DataDirectoryResult =
  | { ok: true; path: string /** Said to the user when the place is not the usual one. */; notice: string | null }
  | { ok: false; message: string }

/**
 * Makes the data directory. As root, Postgres runs as another user, who must be able to reach it; a directory that was
 * not chosen moves to /var/tmp then, a chosen one is refused.
 */
export function prepareDataDirectory(wanted: string, isChosen: boolean): DataDirectoryResult {
  const path = resolve(wanted)
  const account = findPostgresAccount()
  const closed = findClosedDirectory(resolve(path, '..'), account)
  if (!closed) return make(path, null)
  if (isChosen) {
    return {
      ok: false,
      message:
        `VIGIE_DATA_DIR is ${path}, but ${closed} is closed to other users. You are root, and Postgres then runs as user ` +
        `${account?.name}, who cannot get there. Choose a directory outside of it, such as /var/lib/vigie, or start Vigie as another user.`,
    }
  }
  const elsewhere = `/var/tmp/vigie-${createHash('sha256').update(path).digest('hex').slice(0, 12)}`
  return make(
    elsewhere,
    `Data is kept in ${elsewhere}: ${closed} is closed to the user that Postgres runs as. Set VIGIE_DATA_DIR to choose another place.`,
  )
}

function make(path: string, notice: string | null): DataDirectoryResult {
  try {
    mkdirSync(path, { recursive: true })
    const { uid } = statSync(path)
    const me = process.getuid?.()
    if (me !== undefined && uid !== me) {
      return {
        ok: false,
        message: `The data directory ${path} belongs to another user. Choose one of your own with VIGIE_DATA_DIR.`,
      }
    }
    // Others may pass through, to reach the database's own directory, and read nothing.
    chmodSync(path, 0o711)
    return { ok: true, path, notice }
  } catch (error) {
    return {
      ok: false,
      message: `The data directory ${path} cannot be made: ${(error as Error).message}. Choose another one with VIGIE_DATA_DIR.`,
    }
  }
}
