import { writeDuration } from '../time/duration.ts'
import { readAmount, writeAmount } from './amount.ts'
import type { Limit, RuleCondition } from './condition.ts'
import { type Fault, sayFault } from './fault.ts'
import type { FileAmount, FileCondition, FileLimit } from './schema-file.ts'
import { type UnitOf, unitOfSource } from './words.ts'

/** Something in a rule that is not as it should be. `message` ends the sentence that the field begins, in English; `fault` says it in others. */
export interface RuleIssue {
  path: readonly (string | number)[]
  message: string
  fault?: Fault
}

export function issueOf(path: readonly (string | number)[], fault: Fault): RuleIssue {
  return { path, message: sayFault(fault, 'en'), fault }
}

export type ReadCondition = { ok: true; condition: unknown } | { ok: false; issues: readonly RuleIssue[] }

/** A condition of the file as it is stored: limits in the unit of what they limit. Its bounds are still to be checked. */
export function toStoredForm(file: FileCondition, unitOf: UnitOf): ReadCondition {
  switch (file.kind) {
    case 'threshold':
    case 'baseline': {
      const { window: windowMs, warning, critical, ...rest } = file
      const unit = file.kind === 'baseline' ? '' : unitOfSource(file.source, unitOf)
      const read = { warning: readLimit(warning, unit), critical: readLimit(critical, unit) }
      const issues = (['warning', 'critical'] as const).flatMap((level) => {
        const { message } = read[level]
        return message === null ? [] : [{ path: [level], message }]
      })
      if (issues.length > 0) return { ok: false, issues }
      return {
        ok: true,
        condition: { ...rest, windowMs, warning: read.warning.limit, critical: read.critical.limit },
      }
    }
    case 'absence': {
      const { window: windowMs, ...rest } = file
      return { ok: true, condition: { ...rest, windowMs } }
    }
    case 'anomaly': {
      const { window: windowMs, cooldown: cooldownMs, ...rest } = file
      return { ok: true, condition: { ...rest, windowMs, cooldownMs } }
    }
    case 'burn_rate': {
      const windows = file.windows.map(({ factor, long, short }) => ({ factor, longMs: long, shortMs: short }))
      return { ok: true, condition: { ...file, windows } }
    }
    default:
      return { ok: true, condition: file }
  }
}

/** The opposite of `toStoredForm`, all fields written out. */
export function toFileForm(condition: RuleCondition, unitOf: UnitOf): Record<string, unknown> {
  switch (condition.kind) {
    case 'threshold':
    case 'baseline': {
      const { windowMs, warning, critical, ...rest } = condition
      const unit = condition.kind === 'baseline' ? '' : unitOfSource(condition.source, unitOf)
      return {
        ...rest,
        window: writeDuration(windowMs),
        warning: writeLimit(warning, unit),
        critical: writeLimit(critical, unit),
      }
    }
    case 'absence': {
      const { windowMs, ...rest } = condition
      return { ...rest, window: writeDuration(windowMs) }
    }
    case 'anomaly': {
      const { windowMs, cooldownMs, ...rest } = condition
      return { ...rest, window: writeDuration(windowMs), cooldown: writeDuration(cooldownMs) }
    }
    case 'burn_rate': {
      const windows = condition.windows.map(({ factor, longMs, shortMs }) => ({
        factor,
        long: writeDuration(longMs),
        short: writeDuration(shortMs),
      }))
      return { ...condition, windows }
    }
    default:
      return { ...condition }
  }
}

type ReadLimit = { limit: Limit | null; message: string | null }

function readLimit(given: FileLimit, unit: string | null): ReadLimit {
  if (given === null) return { limit: null, message: null }
  const parts = typeof given === 'object' ? given : { value: given, recovery: null }
  const value = readOne(parts.value, unit)
  const recovery = parts.recovery === null ? null : readOne(parts.recovery, unit)
  if (!value.ok) return { limit: null, message: value.message }
  if (recovery !== null && !recovery.ok) return { limit: null, message: `has a recovery that ${recovery.message}` }
  return { limit: { value: value.value, recovery: recovery?.value ?? null }, message: null }
}

function readOne(amount: FileAmount, unit: string | null) {
  return typeof amount === 'number' ? { ok: true as const, value: amount } : readAmount(amount, unit)
}

function writeLimit(limit: Limit | null, unit: string | null): unknown {
  if (limit === null) return null
  const value = writeOne(limit.value, unit)
  return limit.recovery === null ? value : { value, recovery: writeOne(limit.recovery, unit) }
}

/** A bare number stays a number. */
function writeOne(value: number, unit: string | null): FileAmount {
  const text = writeAmount(value, unit)
  return text === String(value) ? value : text
}
