import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LEVELS, type Level, type Operator } from '../../lib/domain/rule/condition.ts'
import { SECOND } from '../../lib/domain/time/instant.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'

/** How a gauge's samples of the last minutes become one number, in both languages. */
export type Compared = 'avg' | 'min' | 'max' | 'sum' | 'count' | 'last'

/** A threshold rule over a gauge, and what the gauge was: a value a minute by instance, null where none came. */
export interface Case {
  aggregate: Compared
  /** Of Prometheus, which is asked for half a minute more: whether a range has both of its ends differs between its versions. */
  rangeMinutes: number
  operator: Operator
  limits: Record<Level, number | null>
  forMs: number
  keepFiringForMs: number
  series: Record<string, (number | null)[]>
}

const SIGNS: Record<Operator, string> = { above: '>', below: '<', at_least: '>=', at_most: '<=' }

/** Why promtool cannot be asked here; null when it can. `keep_firing_for` came with 2.42. */
export function missingPromtool(): string | null {
  const { error, stdout } = spawnSync('promtool', ['--version'], { encoding: 'utf8' })
  if (error !== undefined) return 'promtool is not installed: `apt-get install prometheus` brings it'
  const [, major, minor] = /version (\d+)\.(\d+)/.exec(stdout) ?? []
  const version = Number(major) * 1_000 + Number(minor)
  return version >= 2_042 ? null : `promtool is too old: 2.42 or later is needed, this is ${major}.${minor}`
}

/**
 * What a real Prometheus says of each case at each minute: `case level instance status`, as a set. Its test runner prints what it found
 * where that is not what was expected, and here nothing is.
 */
export function askPromtool(cases: readonly Case[], minutes: number): Set<string>[] {
  const folder = temporaryDirectory()
  // JSON is YAML.
  writeFileSync(join(folder, 'rules.yml'), JSON.stringify({ groups: [{ name: 'all', rules: cases.flatMap(rulesOf) }] }))
  writeFileSync(
    join(folder, 'test.yml'),
    JSON.stringify({
      rule_files: ['rules.yml'],
      evaluation_interval: '1m',
      tests: [
        {
          interval: '1m',
          input_series: cases.flatMap(seriesOf),
          promql_expr_test: Array.from({ length: minutes }, (_, minute) => ({
            expr: 'ALERTS',
            eval_time: `${minute}m`,
            exp_samples: [],
          })),
        },
      ],
    }),
  )
  const run = spawnSync('promtool', ['test', 'rules', 'test.yml'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (run.error !== undefined) throw run.error
  return readFailures(run.stdout + run.stderr, minutes)
}

function rulesOf({ aggregate, rangeMinutes, operator, limits, forMs, keepFiringForMs }: Case, index: number) {
  return LEVELS.filter((level) => limits[level] !== null).map((level) => ({
    alert: `${index}_${level}`,
    expr: `${aggregate}_over_time(m${index}[${rangeMinutes * 60 + 30}s]) ${SIGNS[operator]} ${limits[level]}`,
    for: `${forMs / SECOND}s`,
    keep_firing_for: `${keepFiringForMs / SECOND}s`,
  }))
}

function seriesOf({ series }: Case, index: number) {
  return Object.entries(series).map(([instance, values]) => ({
    series: `m${index}{instance="${instance}"}`,
    values: values.map((value) => value ?? '_').join(' '),
  }))
}

const ALERT = /\{__name__="ALERTS", alertname="(\d+)_(\w+)", alertstate="(\w+)", instance="(\w+)"\}/g

function readFailures(output: string, minutes: number): Set<string>[] {
  const found = Array.from({ length: minutes }, () => new Set<string>())
  const failures = output.split('expr: "ALERTS", time: ').slice(1)
  for (const failure of failures) {
    const [, hours = '0', rest = '0'] = /^(?:(\d+)h)?(?:(\d+)m)?/.exec(failure) ?? []
    const at = found[Number(hours) * 60 + Number(rest)]
    for (const [, index, level, status, instance] of failure.matchAll(ALERT))
      at?.add(`${index} ${level} ${instance} ${status}`)
  }
  if (failures.length === 0 || !output.includes('FAILED'))
    throw new Error(`promtool said something else:\n${output.slice(0, 2_000)}`)
  return found
}
