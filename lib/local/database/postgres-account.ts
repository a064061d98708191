import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** The unprivileged user that Postgres runs as. Null: the user who runs us. */
export interface PostgresAccount {
  name: string
  uid: number
  gid: number
}

/**
 * Postgres refuses to run as root, so as root it runs as user `postgres`, who is made if missing, or else as `nobody`.
 * Everyone else runs it as themselves.
 */
export function findPostgresAccount(): PostgresAccount | null {
  if (process.getuid?.() !== 0) return null
  const known = readAccount('postgres')
  if (known) return known
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], { stdio: 'ignore' })
  } catch {
    // Minimal images have no useradd; `nobody` will do.
  }
  const account = readAccount('postgres') ?? readAccount('nobody')
  if (!account) throw new Error('Postgres cannot run as root, and there is neither a user postgres nor a user nobody')
  return account
}

function readAccount(name: string): PostgresAccount | null {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`))
  if (!line) return null
  const [, , uid, gid] = line.split(':')
  return { name, uid: Number(uid), gid: Number(gid) }
}

/**
 * The nearest existing ancestor (or the path itself) that this account cannot enter, or null when all are open.
 * Reads permission bits; access control lists are not considered.
 */
export function findClosedDirectory(path: string, account: PostgresAccount | null): string | null {
  if (!account) return null
  for (let at = resolve(path); ; at = dirname(at)) {
    const stat = statSync(at, { throwIfNoEntry: false })
    if (stat && !mayEnter(stat, account)) return at
    if (at === dirname(at)) return null
  }
}

function mayEnter(stat: { mode: number; uid: number; gid: number }, account: PostgresAccount): boolean {
  if (stat.uid === account.uid) return (stat.mode & 0o100) !== 0
  if (stat.gid === account.gid) return (stat.mode & 0o010) !== 0
  return (stat.mode & 0o001) !== 0
}
