import type { z } from 'zod'
import { type MonitorSpec, monitorBaseSchema, monitorTargetSchema } from '../../domain/monitor/config.ts'
import { findWrongRegions } from '../../domain/monitor/schema-regions.ts'
import type { CommandResult, FieldError } from '../../ports/command-result.ts'

/**
 * Checks a monitor as somebody described it, base and target at once, so that all that is wrong is told together. Fields are named by
 * their path: `intervalSeconds`, `config.expect.json.0.path`.
 */
export function parseMonitorSpec(input: {
  base: unknown
  target: { kind: unknown; config: unknown }
}): CommandResult<MonitorSpec> {
  const base = monitorBaseSchema.safeParse(input.base)
  const target = monitorTargetSchema.safeParse(input.target)
  if (base.success && target.success) {
    const spec = { ...base.data, ...target.data }
    const wrong = findWrongRegions(spec)
    if (wrong.length === 0) return { ok: true, value: spec }
    return { ok: false, errors: wrong.map((error) => ({ ...error, code: 'invalid' })) }
  }
  return { ok: false, errors: [...fieldErrors(base.error), ...fieldErrors(target.error)] }
}

function fieldErrors(error: z.ZodError | undefined): FieldError[] {
  return (error?.issues ?? []).map(({ path, message }) => ({ field: path.join('.') || null, code: 'invalid', message }))
}
