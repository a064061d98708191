import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Socket } from 'node:net'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Log } from '../ports/log.ts'
import { newestChangeIn } from './dashboard-build.ts'
import type { FunctionsHost } from './functions-host.ts'
import { createNextProxy, type NextProxy } from './next-proxy.ts'

export interface ReloadingHostOptions {
  port: number
  root: string
  nextPort: number
  log: Log
}

interface Generation {
  child: ChildProcess
  proxy: NextProxy
}

/** How long a replaced process may go on with what it is doing: a tick takes up to a minute. */
const REPLACED_GRACE_MS = 90_000
const LOOK_EVERY_MS = 300

/**
 * The functions host of development. Functions run in a process of their own, and the first request after a change under
 * api/ or lib/ waits for a fresh one: modules that Node has loaded cannot be unloaded, and loading them beside the old ones
 * breaks packages that keep their state in a module.
 */
export async function startReloadingHost(options: ReloadingHostOptions): Promise<FunctionsHost> {
  const { root, log } = options
  const lastChange = (): number =>
    Math.max(...['api', 'lib', 'vercel.json'].map((name) => newestChangeIn(join(root, name))))
  let changedAt = lastChange()
  let lookedAt = Date.now()
  let current = launch(options)
  await current

  const replace = (): void => {
    const old = current
    log.info('functions_reloaded')
    current = launch(options)
    void old.then((generation) => stop(generation, REPLACED_GRACE_MS)).catch(() => undefined)
  }
  const upToDate = (): Promise<Generation> => {
    if (Date.now() - lookedAt < LOOK_EVERY_MS) return current
    lookedAt = Date.now()
    const newest = lastChange()
    if (newest > changedAt) {
      changedAt = newest
      replace()
    }
    return current
  }
  const server = createServer((incoming, outgoing) => {
    upToDate().then(
      ({ proxy }) => proxy.forward(incoming, outgoing),
      (error: Error) => outgoing.writeHead(500, { 'content-type': 'text/plain' }).end(error.message),
    )
  })
  server.on('upgrade', (incoming, socket, head) => {
    upToDate().then(
      ({ proxy }) => proxy.upgrade(incoming, socket as Socket, head),
      () => socket.destroy(),
    )
  })
  server.listen(options.port)
  await once(server, 'listening')
  return {
    port: options.port,
    stop: async (graceMs) => {
      server.close()
      await stop(await current, graceMs)
      server.closeAllConnections()
    },
  }
}

async function launch({ root, nextPort }: ReloadingHostOptions): Promise<Generation> {
  const script = join(dirname(fileURLToPath(import.meta.url)), 'functions-process.ts')
  const child = fork(script, [root, String(nextPort)], { execArgv: ['--import', 'tsx'], detached: true })
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', resolve)
    child.once('exit', (code) =>
      reject(new Error(`The functions did not load (exit code ${code}). Save a file to try again.`)),
    )
  })
  return { child, proxy: createNextProxy(port) }
}

async function stop({ child, proxy }: Generation, graceMs: number): Promise<void> {
  if (child.exitCode !== null) return
  const exited = once(child, 'exit')
  child.send(graceMs)
  await exited
  proxy.close()
}
