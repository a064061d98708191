import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createAuthMailSender } from './auth-mail.ts'
import { prepareDataDirectory } from './data-directory.ts'
import { acquireDataLock } from './data-lock.ts'
import { parseLocalEnvironment } from './environment.ts'
import type { FirstAdmin } from './first-admin.ts'
import { firstRun } from './first-run.ts'
import { isPortFree } from './free-port.ts'
import { watchForOrphaning } from './orphan-watch.ts'
import { createShutdown } from './shutdown.ts'
import { type StackOptions, startData, startServing } from './stack.ts'
import { createStackLog } from './stack-log.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '../..')

/** A reason not to start that the person at the keyboard can do something about. */
class StartRefused extends Error {}

/** `npm start` and, with `--dev`, `npm run dev`: the whole product on one machine. */
async function start(): Promise<void> {
  readEnvironmentFiles()
  const parsed = parseLocalEnvironment(process.env)
  if (!parsed.ok) {
    const lines = parsed.errors.map(({ name, message }) => `  ${name} ${message}`)
    throw new StartRefused(`Nothing was started, because of the environment:\n${lines.join('\n')}`)
  }
  const local = parsed.value
  const directory = prepareDataDirectory(local.dataDirectory, local.isDataDirectoryChosen)
  if (!directory.ok) throw new StartRefused(directory.message)
  if (directory.notice) say(directory.notice)
  const lock = await acquireDataLock(directory.path)
  if (!lock.ok) {
    throw new StartRefused(
      `Vigie is running on ${directory.path} already (process ${lock.holderPid}). Stop it first, or choose another VIGIE_DATA_DIR.`,
    )
  }
  shutdown.onBegin(lock.lock.announceStop)
  shutdown.add(async () => lock.lock.release())
  if (!(await isPortFree(local.port, '::')) || !(await isPortFree(local.port))) throw portTaken(local.port)
  const log = createStackLog(process.env.LOG_LEVEL || 'warn')
  surviveStrayErrors(log)
  const options: StackOptions = {
    root,
    dataDirectory: directory.path,
    local,
    given: { ...process.env },
    isDevelopment: process.argv.includes('--dev'),
    log,
    say,
    sendAuthMail: createAuthMailSender({
      mailer: async () => (await import('../wiring/tasks.ts')).wireTasks().mailer,
      isDelivered: Boolean(process.env.RESEND_API_KEY),
      say,
    }),
    onStarted: shutdown.add,
  }
  const data = await startData(options)
  await firstRun({ ...data, dataDirectory: directory.path, say })
  await startServing(options, data)
  introduce(data.admin)
  say(`Vigie is ready on http://localhost:${local.port}`)
}

/** Like Next, which reads them for its own process; what is set outside wins. */
function readEnvironmentFiles(): void {
  for (const name of ['.env.local', '.env']) if (existsSync(name)) process.loadEnvFile(name)
}

function introduce(admin: FirstAdmin): void {
  if (admin.notice) say(admin.notice)
  if (!admin.generatedPassword) return
  const lines = ['Your account (shown once):', `  e-mail    ${admin.email}`, `  password  ${admin.generatedPassword}`]
  const width = Math.max(...lines.map((line) => line.length))
  const edge = '─'.repeat(width + 2)
  say([`┌${edge}┐`, ...lines.map((line) => `│ ${line.padEnd(width)} │`), `└${edge}┘`].join('\n'))
}

/** One request's stray error would end a function instance on Vercel; here it must not end the watch over everything else. */
function surviveStrayErrors(log: ReturnType<typeof createStackLog>): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      log.error('stray_error', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    })
  }
}

function portTaken(port: number): StartRefused {
  return new StartRefused(
    `Port ${port} is taken by another program. Stop that one, or choose another port: PORT=${port + 1} npm start`,
  )
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

const shutdown = createShutdown((code) => process.exit(code))
shutdown.listen(process)
watchForOrphaning(() => void shutdown.run(0))
start().catch(async (error: NodeJS.ErrnoException) => {
  if (shutdown.isUnderWay()) return
  const refusal = error.code === 'EADDRINUSE' ? portTaken(Number(process.env.PORT ?? 3000)) : error
  process.stderr.write(`${refusal.message}\n`)
  await shutdown.run(1)
})
