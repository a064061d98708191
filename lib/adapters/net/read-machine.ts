import { type MetricLine, machineTotals } from '../../domain/database/machine.ts'
import type { MachineTotals } from '../../domain/database/schema.ts'
import { SECOND } from '../../domain/time/instant.ts'
import type { MachineAddress } from '../../ports/database-collector.ts'
import type { createGuardedRequest } from './guarded-request.ts'
import { isNetFailure } from './net-failure.ts'

const TIMEOUT_MS = 8 * SECOND
/** About two hundred metrics are half a megabyte; what is beyond is cut off and not read. */
const MAX_BYTES = 4 * 1_048_576

export type MachineAnswer = { ok: true; totals: MachineTotals } | { ok: false; message: string }

/**
 * Reads CPU, memory and disk from a Supabase project's metrics endpoint ("Metrics API" in Supabase's documentation: basic
 * authentication as `service_role` with a secret key, Prometheus text, renewed every minute).
 */
export function createMachineReader(deps: {
  request: ReturnType<typeof createGuardedRequest>
  parseMetrics: (text: string) => readonly MetricLine[]
  /** Origin of a project: its own address, or a stand-in's. */
  originOf: (projectRef: string) => string
}): (address: MachineAddress) => Promise<MachineAnswer> {
  return async ({ projectRef, key }) => {
    const answer = await deps.request({
      url: `${deps.originOf(projectRef)}/customer/v1/privileged/metrics`,
      method: 'GET',
      headers: { authorization: `Basic ${Buffer.from(`service_role:${key}`).toString('base64')}` },
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
    })
    if (isNetFailure(answer)) return { ok: false, message: answer.message }
    if (answer.statusCode !== 200) return { ok: false, message: `the metrics endpoint answered ${answer.statusCode}` }
    return { ok: true, totals: machineTotals(deps.parseMetrics(answer.body)) }
  }
}
