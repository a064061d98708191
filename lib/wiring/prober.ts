import { z } from 'zod'
import { createAddressPolicy } from '../adapters/net/address-policy.ts'
import { createProber } from '../adapters/net/create-prober.ts'
import { answerProbeRequest } from '../adapters/net/prober-endpoint.ts'
import { systemClock } from '../adapters/system/clock.ts'
import { createLog } from '../adapters/system/log.ts'
import { createControls } from '../tasks/check-controls.ts'
import { probeForRegion } from '../tasks/probe-for-region.ts'
import { type EnvironmentVariables, listErrors, type ParsedEnvironment, withoutEmpty } from './environment.ts'
import { parseRegionEnvironment } from './region-environment.ts'
import { targetFormats } from './target-formats.ts'

export interface ProberEnvironment {
  secret: string
  allowTargets: string[]
  controlTargets: string[]
  logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug'
}

const variables = z.object({
  VIGIE_PROBER_SECRET: z.string().min(16, 'should have at least 16 characters').optional(),
  CRON_SECRET: z.string().min(16, 'should have at least 16 characters').optional(),
  VIGIE_ALLOW_TARGETS: z
    .string()
    .transform((text) => text.split(',').map((range) => range.trim()))
    .refine((ranges) => ranges.every((range) => z.union([z.cidrv4(), z.cidrv6()]).safeParse(range).success), {
      error: 'should be address ranges separated by commas, such as 10.0.0.0/8,fd00::/8',
    })
    .default([]),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
})

/** A prober needs far less than the product: no database, no keys, and so none of them leaks from where it stands. */
export function parseProberEnvironment(env: EnvironmentVariables): ParsedEnvironment<ProberEnvironment> {
  const parsed = variables.safeParse(withoutEmpty(env))
  const regions = parseRegionEnvironment({ VIGIE_CONTROL_TARGETS: env.VIGIE_CONTROL_TARGETS }, '')
  const errors = [...(parsed.success ? [] : listErrors(parsed.error)), ...(regions.ok ? [] : regions.errors)]
  if (!parsed.success || !regions.ok) return { ok: false, errors }
  const { VIGIE_PROBER_SECRET, CRON_SECRET, VIGIE_ALLOW_TARGETS, LOG_LEVEL } = parsed.data
  const secret = VIGIE_PROBER_SECRET ?? CRON_SECRET
  if (secret === undefined) {
    return { ok: false, errors: [{ name: 'VIGIE_PROBER_SECRET', message: 'is missing, and CRON_SECRET, too' }] }
  }
  const { controlTargets } = regions.value
  return { ok: true, value: { secret, allowTargets: VIGIE_ALLOW_TARGETS, controlTargets, logLevel: LOG_LEVEL } }
}

/** Answers requests for probes in the name of a region. */
export function createProberHandler(region: string, env: ProberEnvironment): (request: Request) => Promise<Response> {
  const allow = createAddressPolicy(env.allowTargets)
  const prober = createProber({ allow, clock: systemClock, formats: targetFormats })
  const controls = createControls({ prober, clock: systemClock, targets: env.controlTargets, region })
  const log = createLog(env.logLevel)
  const run = (body: unknown) => probeForRegion({ prober, controls, region }, body)
  return (request) => answerProbeRequest(request, { secret: env.secret, log, run })
}

/**
 * The same for a function of this deployment, which is named after the region that it should run in. It answers where it does: where the
 * plan does not allow a region, Vercel runs the function elsewhere, and what it sees there must not count for this one.
 */
export function wireProber(name: string): (request: Request) => Promise<Response> {
  const parsed = parseProberEnvironment(process.env)
  if (parsed.ok) return createProberHandler(process.env.VERCEL_REGION ?? name, parsed.value)
  const lines = parsed.errors.map(({ name: variable, message }) => `${variable} ${message}`)
  throw new Error(`The environment is not complete: ${lines.join('; ')}`)
}
