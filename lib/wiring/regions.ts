import { createRegionProber } from '../adapters/net/region-prober.ts'
import { environment } from './machine.ts'
import { parseRegionEnvironment, type RegionEnvironment } from './region-environment.ts'

/** Where a function runs: Vercel names its region, a laptop is one place. */
export function homeRegion(): string {
  return process.env.VERCEL_REGION ?? 'local'
}

/** Throws, naming every wrong variable. */
export function regionEnvironment(): RegionEnvironment {
  const parsed = parseRegionEnvironment(process.env, environment().url)
  if (parsed.ok) return parsed.value
  throw new Error(
    `The environment is wrong: ${parsed.errors.map(({ name, message }) => `${name} ${message}`).join('; ')}`,
  )
}

/** Names of all places that this installation can probe from, its own first. */
export function listRegions(): string[] {
  return [...new Set([homeRegion(), ...regionEnvironment().probers.keys()])]
}

/** What asks the probers of other regions. */
export function wireRegionProber() {
  const secret = process.env.VIGIE_PROBER_SECRET?.trim() || environment().cronSecret
  return createRegionProber({ addresses: regionEnvironment().probers, secret })
}
