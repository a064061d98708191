import { z } from 'zod'
import { regionNameSchema } from '../domain/monitor/schema-regions.ts'
import { type EnvironmentVariables, listErrors, type ParsedEnvironment, withoutEmpty } from './environment.ts'

/** Where probes start from besides the installation's own place, and how a place finds out that it is cut off. */
export interface RegionEnvironment {
  /** Addresses of probers by region, in the order in which they are named. */
  probers: ReadonlyMap<string, string>
  /** Asked when something fails; when none of them answers, the prober is doubted. */
  controlTargets: string[]
}

const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''))
const list = (text: string) => text.split(',').map((part) => part.trim())

const variables = z.object({
  /** `paris=https://paris.example.com,lab=http://10.0.0.7:4100` */
  VIGIE_PROBERS: z
    .string()
    .transform((text) => list(text).map((pair) => [pair.split('=')[0], pair.slice(pair.indexOf('=') + 1)]))
    .pipe(
      z.array(z.tuple([regionNameSchema, url]), {
        error: 'should be names and addresses such as paris=https://paris.example.com,lab=http://10.0.0.7:4100',
      }),
    )
    .refine((pairs) => new Set(pairs.map(([name]) => name)).size === pairs.length, 'should name each region once')
    .default([]),
  /** `fra1,iad1,sin1`: functions of this deployment. */
  VIGIE_REGIONS: z
    .string()
    .transform(list)
    .pipe(z.array(z.enum(['fra1', 'iad1', 'sin1'])))
    .default([]),
  VIGIE_CONTROL_TARGETS: z.string().transform(list).pipe(z.array(url).max(5)).default([]),
})

/** What is wrong with a list stands at one of its entries, in words that mean nothing to whoever wrote it. */
const SENTENCES: Record<string, string> = {
  VIGIE_PROBERS: 'should be names and addresses such as paris=https://paris.example.com,lab=http://10.0.0.7:4100',
  VIGIE_REGIONS: 'should be some of fra1,iad1,sin1, which have functions of their own',
  VIGIE_CONTROL_TARGETS:
    'should be at most 5 addresses such as https://www.gstatic.com/generate_204, with commas between',
}

/** `baseUrl` is where the functions of this deployment answer. An address in VIGIE_PROBERS wins over the own function of that region. */
export function parseRegionEnvironment(
  env: EnvironmentVariables,
  baseUrl: string,
): ParsedEnvironment<RegionEnvironment> {
  const parsed = variables.safeParse(withoutEmpty(env))
  if (!parsed.success) {
    const names = [...new Set(listErrors(parsed.error).map(({ name }) => name.split('.')[0] ?? name))]
    return { ok: false, errors: names.map((name) => ({ name, message: SENTENCES[name] ?? 'is wrong' })) }
  }
  const { VIGIE_PROBERS, VIGIE_REGIONS, VIGIE_CONTROL_TARGETS } = parsed.data
  const own = VIGIE_REGIONS.map((region) => [region, `${baseUrl}/api/probe/${region}`] as const)
  return { ok: true, value: { probers: new Map([...own, ...VIGIE_PROBERS]), controlTargets: VIGIE_CONTROL_TARGETS } }
}
