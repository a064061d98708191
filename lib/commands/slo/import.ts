import type { RuleSpec } from '../../domain/rule/rule.ts'
import { highestBurn, reachable } from '../../domain/slo/burn.ts'
import type { SloSpec } from '../../domain/slo/slo.ts'
import { MINUTE } from '../../domain/time/instant.ts'
import type { CommandResult, FieldError } from '../../ports/command-result.ts'
import type { BurnAlert, OpenSloSyntax } from '../../ports/openslo.ts'
import type { RuleCommands } from '../../ports/rule-commands.ts'
import type { SloReader } from '../../ports/slo-reader.ts'
import { burnRule } from './burn-rules.ts'
import { type SaveSloDeps, saveSpec } from './save.ts'

export interface ImportSlosDeps extends SaveSloDeps {
  reader: Pick<SloReader, 'list' | 'listMonitors'>
  rules: Pick<RuleCommands, 'save'>
  syntax: Pick<OpenSloSyntax, 'read'>
}

export interface ImportedSlos {
  created: number
  updated: number
  unchanged: number
  rules: number
}

/** So much of a file is read. */
const MAX_TEXT_LENGTH = 500_000

/**
 * Makes the SLOs of an OpenSLO text, or changes those of the same key, and the rules for their alerts. Nothing is saved of a text with a fault in
 * it; each fault names its field. Admins.
 */
export async function importSlos(
  deps: ImportSlosDeps,
  projectId: string,
  text: string,
): Promise<CommandResult<ImportedSlos>> {
  if (text.length > MAX_TEXT_LENGTH)
    return { ok: false, errors: [{ field: 'text', code: 'invalid', message: 'must have at most 500,000 characters' }] }
  const read = deps.syntax.read(text)
  if (!read.ok)
    return {
      ok: false,
      errors: read.faults.map(({ path, message }) => toError(`${path}${path === '' ? '' : ' '}${message}`)),
    }
  const unreachable = listUnreachable(read.slos, read.alerts)
  if (unreachable.length > 0) return { ok: false, errors: unreachable }
  const known = await deps.reader.list(projectId)
  const done: ImportedSlos = { created: 0, updated: 0, unchanged: 0, rules: 0 }
  for (const slo of read.slos) {
    const saved = await saveSpec(deps, projectId, known.find(({ key }) => key === slo.key)?.id ?? null, slo)
    if (!saved.ok) return { ok: false, errors: saved.errors.map(({ message }) => toError(`${slo.key}: ${message}`)) }
    done[saved.value.result] += 1
  }
  for (const rule of read.slos.flatMap((slo) => toRules(slo, read.alerts))) {
    const saved = await deps.rules.save(projectId, rule)
    if (!saved.ok) return { ok: false, errors: saved.errors.map(({ message }) => toError(`${rule.key}: ${message}`)) }
    done.rules += 1
  }
  return { ok: true, value: done }
}

/** One rule for all alerts of a severity, with the short window that OpenSLO has no place for. */
function toRules(slo: SloSpec, alerts: readonly BurnAlert[]): RuleSpec[] {
  const shortest = slo.slice?.lengthMs ?? MINUTE
  return (['page', 'ticket'] as const).flatMap((severity) => {
    const own = alerts.filter((alert) => alert.slo === slo.key && alert.severity === severity)
    if (own.length === 0) return []
    const windows = own.map(({ factor, longMs }) => ({ factor, longMs, shortMs: shortOf(longMs, shortest) }))
    return [{ ...burnRule(slo, severity, windows), forMs: Math.max(...own.map(({ forMs }) => forMs)) }]
  })
}

/** Alerts that cannot fire even when everything fails. */
function listUnreachable(slos: readonly SloSpec[], alerts: readonly BurnAlert[]): FieldError[] {
  return alerts.flatMap(({ slo: key, name, factor }) => {
    const target = slos.find((slo) => slo.key === key)?.target ?? 0
    if (reachable(target, factor)) return []
    const highest = Number(highestBurn(target).toPrecision(3))
    return [
      toError(
        `${key}: alert ${name} can never fire: a burn rate of ${factor} is above ${highest}, that of a total outage`,
      ),
    ]
  })
}

/** A twelfth of the long window, in whole minutes. */
function shortOf(longMs: number, shortestMs: number): number {
  return Math.max(shortestMs, Math.round(longMs / 12 / MINUTE) * MINUTE)
}

function toError(message: string): FieldError {
  return { field: 'text', code: 'fault', message }
}
