import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { monitorTargetSchema } from '../../lib/domain/monitor/config.ts'
import { parseArguments } from '../../lib/local/bin/arguments.ts'
import { askProbers, PROBER_SECRET } from '../support/probers.ts'
import { serve } from '../support/real-prober.ts'

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** `vigie prober` as a process of its own, and the port that it tells. */
async function startProcess(name: string): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(
    process.execPath,
    [join(ROOT, 'lib/local/bin/vigie.mjs'), 'prober', '--name', name, '--port', '0'],
    {
      cwd: ROOT,
      env: {
        ...process.env,
        VIGIE_PROBER_SECRET: PROBER_SECRET,
        VIGIE_ALLOW_TARGETS: '127.0.0.0/8',
        LOG_LEVEL: 'warn',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  onTestFinished(() => void child.kill('SIGKILL'))
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, port: Number(/:(\d+)\s*$/.exec(line.toString())?.[1]) }
}

const probeOf = (url: string) => ({
  id: 'm1',
  target: monitorTargetSchema.parse({ kind: 'http', config: { url } }),
  secrets: {},
  timeoutMs: 5_000,
})

test('a prober in a process of its own answers, and ends when it is told to', async () => {
  const target = await serve((_request, response) => response.end('ok'))
  const { child, port } = await startProcess('paris')
  const seen = await askProbers({ paris: port }).probe('paris', [probeOf(target)])
  expect(seen.get('m1')).toMatchObject({ outcome: { verdict: 'up' } })
  child.kill('SIGTERM')
  expect((await once(child, 'exit'))[0]).toBe(0)
})

test('one that is killed while it probes is a region that cannot tell, at once', async () => {
  const { child, port } = await startProcess('paris')
  // Killed by the target, so that the probe is surely under way.
  const target = await serve(() => void child.kill('SIGKILL'))
  const seen = await askProbers({ paris: port }).probe('paris', [probeOf(target)])
  expect(seen.get('m1')).toEqual({ unknown: 'its prober cannot be reached' })
})

test.each([
  [['prober'], /--name must be the name of a region/],
  [['prober', '--name', 'Paris'], /--name must be the name of a region/],
  [['prober', '--name', 'paris', '--port', 'x'], /--port must be a port number/],
  [['prober', 'paris'], /takes options only/],
])('vigie %j is refused', (given, message) => {
  const parsed = parseArguments(given, {})
  expect(parsed.ok ? '' : parsed.message).toMatch(message)
})

test('a prober needs no API key, and listens on this machine alone unless told otherwise', () => {
  expect(parseArguments(['prober', '--name', 'paris'], {})).toEqual({
    ok: true,
    value: { command: 'prober', name: 'paris', port: 4100, host: '127.0.0.1' },
  })
})
