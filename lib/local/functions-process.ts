import { startFunctionsHost } from './functions-host.ts'
import { loadOnce } from './load-module.ts'
import { createStackLog } from './stack-log.ts'
import { readVercelConfig } from './vercel-config.ts'

/** A functions host in a process of its own, which development replaces after a change. Started by `reloading-host.ts`. */
async function main(): Promise<void> {
  const [root, nextPort] = process.argv.slice(2)
  if (!root || !nextPort) throw new Error('needs the root of the project and the port of Next')
  const host = await startFunctionsHost({
    port: 0,
    address: '127.0.0.1',
    root,
    rewrites: readVercelConfig(root).rewrites,
    nextPort: Number(nextPort),
    load: loadOnce,
    log: createStackLog(process.env.LOG_LEVEL ?? 'warn'),
  })
  process.on('message', async (graceMs: number) => {
    await host.stop(graceMs)
    process.exit(0)
  })
  process.on('disconnect', () => process.exit(0))
  process.send?.(host.port)
}

void main()
