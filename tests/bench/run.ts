import { execFile } from 'node:child_process'
import os from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** What is promised, beside what was measured. `docs/benchmarks.md` holds the figures of a named machine. */
const BENCHES = [
  { name: 'probe-cpu', promise: 'under 200 µs CPU per plain-HTTP probe' },
  { name: 'probe-memory', promise: '5,000 probes in flight within 250 MB' },
  { name: 'tick', promise: '1,000 due monitors with 50 ms targets in under 3 s' },
  { name: 'ingest', promise: '20,000 samples or 10,000 log lines a second through one function process' },
  {
    name: 'series',
    promise:
      'any percentile over a year in under 200 ms; 500 series, and the operations dashboard, over 30 days in under 250 ms',
  },
  { name: 'size', promise: '90 days of 100 monitors at one minute in under 160 MB; at most 12 bytes a packed result' },
  {
    name: 'backtest',
    promise: 'a rule over 30 days at one minute read and judged in under 500 ms, over 90 days in under 2 s',
  },
  { name: 'rules', promise: '10,000 rules over 20,000 series evaluated in one tick in under 2 s' },
  {
    name: 'nab',
    promise: 'labelled anomalies of the Numenta Anomaly Benchmark (VIGIE_NAB_DIR): at least 45 in its standard profile',
  },
  { name: 'overview', promise: '1,000 monitors and 90 days answered in under 200 ms at p95' },
] as const

/** `npm run bench [name …]`: each benchmark in a process of its own, so that none sees another's heap; JSON on stdout. */
async function bench(wanted: readonly string[]): Promise<void> {
  const chosen = BENCHES.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
  if (chosen.length === 0)
    throw new Error(`there is no such benchmark; there are ${BENCHES.map(({ name }) => name).join(', ')}`)
  const results: Record<string, unknown> = {}
  for (const { name, promise } of chosen) {
    process.stderr.write(`${name}: ${promise}…\n`)
    const file = join(import.meta.dirname, `${name}.ts`)
    const { stdout } = await run(process.execPath, ['--import', 'tsx', '--expose-gc', file], {
      maxBuffer: 16 * 1024 * 1024,
    })
    results[name] = { promise, ...JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') }
  }
  const machine = {
    cpu: os.cpus()[0]?.model ?? 'unknown',
    cores: os.cpus().length,
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    node: process.version,
  }
  process.stdout.write(`${JSON.stringify({ machine, results }, null, 2)}\n`)
}

bench(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
})
