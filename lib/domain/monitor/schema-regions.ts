import { z } from 'zod'
import type { MonitorBase, MonitorTarget } from './config.ts'

/** Name of a prober, as the operator calls it: `fra1`, `paris`. Vercel's region names are such. */
export const regionNameSchema = z
  .string()
  .trim()
  .regex(/^[a-z][a-z0-9-]{0,30}$/, 'must be the name of a region, such as fra1')

/** A round waits for the slowest of them, and each is asked in every slot. */
const MOST_REGIONS = 10

/** Where a monitor is probed from; none is the installation's own place. A set: order and repetition say nothing. */
export const regionsSchema = z
  .array(regionNameSchema)
  .max(MOST_REGIONS, `must be at most ${MOST_REGIONS} regions`)
  .transform((names) => [...new Set(names)].sort())

const NOT_A_QUORUM = `must be majority, any, all, or a number from 1 to ${MOST_REGIONS}`

/** How many regions must agree before the monitor is down; shares are of the regions that could tell. */
export const quorumSchema = z.union(
  [z.enum(['majority', 'any', 'all']), z.number().int().min(1, NOT_A_QUORUM).max(MOST_REGIONS, NOT_A_QUORUM)],
  { error: NOT_A_QUORUM },
)
export type Quorum = z.infer<typeof quorumSchema>

export type WrongRegions = { field: 'regions' | 'quorum'; message: string }

/** What regions and quorum cannot mean together with the rest of the monitor. */
export function findWrongRegions(
  monitor: Pick<MonitorBase, 'regions' | 'quorum'> & Pick<MonitorTarget, 'kind' | 'config'>,
): WrongRegions[] {
  const { regions, quorum, kind, config } = monitor
  const wrong: WrongRegions[] = []
  if (regions.length > 0 && kind === 'heartbeat')
    wrong.push({ field: 'regions', message: 'must be empty: a heartbeat reports by itself, nobody probes it' })
  if (regions.length > 0 && kind === 'prometheus' && 'collect' in config && config.collect) {
    const message =
      'must be empty where samples are kept: they are read from one place, or each would count several times'
    wrong.push({ field: 'regions', message })
  }
  if (typeof quorum === 'number' && quorum > Math.max(1, regions.length)) {
    const count = regions.length === 1 ? 'the one region' : `the ${regions.length} regions`
    const known = regions.length === 0 ? 'there are no regions' : `it has more than ${count} of the monitor`
    wrong.push({ field: 'quorum', message: `can never be reached: ${known}` })
  }
  return wrong
}
