import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What a production build is made of; a newer file there means a new build. */
const SOURCES = [
  'app',
  'lib',
  'i18n',
  'messages',
  'public',
  'proxy.ts',
  'instrumentation.ts',
  'instrumentation-client.ts',
  'package.json',
  'next.config.ts',
  'postcss.config.mjs',
]

/** True when there is no production build, or a source file is newer than it. */
export function isBuildStale(root: string): boolean {
  const marker = join(root, '.next/BUILD_ID')
  if (!existsSync(marker)) return true
  const builtAt = statSync(marker).mtimeMs
  return SOURCES.some((source) => newestChangeIn(join(root, source)) > builtAt)
}

/** Latest change of a file or of anything below a folder, in milliseconds since the epoch; 0 when it does not exist. */
export function newestChangeIn(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) return 0
  if (!stat.isDirectory()) return stat.mtimeMs
  // A folder's own time changes when a file in it is removed.
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestChangeIn(join(path, name))), stat.mtimeMs)
}

/** Runs `next build` quietly. Throws with its output when it fails. */
export async function buildDashboard(root: string, env: Record<string, string | undefined>): Promise<void> {
  const child = spawn(process.execPath, [join(root, 'node_modules/next/dist/bin/next'), 'build'], {
    cwd: root,
    env: { ...env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  child.stderr.on('data', (chunk) => {
    output += chunk
  })
  const endWithUs = (): void => void child.kill('SIGKILL')
  process.on('exit', endWithUs)
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  process.off('exit', endWithUs)
  if (code !== 0) throw new Error(`building the dashboard failed:\n${output}`)
}
