import type { InstalledRule } from '../pack/installed.ts'
import { findPack } from '../pack/packs.ts'
import { planInstall } from '../pack/plan-install.ts'
import type { PackContext } from '../pack/spec-of-row.ts'
import { toSpec } from '../rule/config.ts'
import { wellKnownUnit } from '../series/well-known-units.ts'
import type { CurrentConfiguration, CurrentRule } from './current.ts'
import type { DesiredConfiguration } from './desired.ts'
import type { ConfigurationIssue } from './issue.ts'

/** A rule that the file asks for. `notifyChannelIds` of both hold keys of channels; `original` is null for rules of no pack. */
export type ConfiguredRule = InstalledRule

/**
 * The rules of a file: those that it writes out, and those of its packs. A written rule with the key of a pack's row is that row, changed;
 * what people changed of the other rows in the dashboard stays. Rows that cannot be installed (no token budget, a key that is taken) are left
 * out.
 */
export function toDesiredRules(
  desired: DesiredConfiguration,
  current: CurrentConfiguration | null,
): { rules: ConfiguredRule[]; issues: ConfigurationIssue[] } {
  const installed = current?.rules ?? []
  const context = contextOf(desired, current)
  const stays = installed.filter((rule) => isNamed(rule, desired))
  const ofPacks: ConfiguredRule[] = []
  for (const key of desired.packs) ofPacks.push(...rulesOfPack(key, installed, [...stays, ...ofPacks], context))
  const read = desired.rules.map(({ key, file }) => ({
    key,
    parsed: toSpec(key, file, { unitOf: unitsOf(current) }),
  }))
  const written = read.flatMap(({ key, parsed }): ConfiguredRule[] => {
    if (!parsed.ok) return []
    const base = [...ofPacks, ...installed].find(({ spec }) => spec.key === key)
    return [{ spec: { ...parsed.spec, pack: base?.spec.pack ?? null }, original: base?.original ?? null }]
  })
  const isWritten = (key: string) => desired.rules.some((rule) => rule.key === key)
  return {
    rules: [...written, ...ofPacks.filter(({ spec }) => !isWritten(spec.key))],
    issues: read.flatMap(({ key, parsed }) =>
      parsed.ok ? [] : parsed.issues.map(({ path, message }) => ({ path: ['rules', key, ...path], message })),
    ),
  }
}

/** What a limit without a unit of its own is in: as the project's samples say, else as the metric's name is known for. */
export function unitsOf(current: Pick<CurrentConfiguration, 'metricUnits'> | null): (metric: string) => string | null {
  return (metric) => current?.metricUnits.get(metric) || wellKnownUnit(metric)
}

/** Whether a rule will be there after this file was applied. */
function isNamed({ spec, managedBy }: CurrentRule, desired: DesiredConfiguration): boolean {
  const isOfPack = spec.pack !== null && desired.packs.includes(spec.pack.pack)
  return managedBy === null || isOfPack || desired.rules.some(({ key }) => key === spec.key)
}

function rulesOfPack(
  key: string,
  installed: readonly InstalledRule[],
  staying: readonly InstalledRule[],
  context: PackContext,
): ConfiguredRule[] {
  const pack = findPack(key)
  if (pack === null) throw new Error(`the schema let a pack through that does not exist: ${key}`)
  return planInstall({ pack, installed, staying, context, mode: 'install' }).flatMap((row) => {
    if (row.op === 'skip') return []
    if (row.op !== 'unchanged') return [{ spec: row.spec, original: row.original }]
    return installed.filter(({ spec }) => spec.key === row.key).map(({ spec, original }) => ({ spec, original }))
  })
}

/** Channels by key: their ids are known only once they are there. */
function contextOf(desired: DesiredConfiguration, current: CurrentConfiguration | null): PackContext {
  const stays = (current?.channels ?? []).filter(({ managedBy }) => managedBy === null)
  return {
    locale: desired.project.locale,
    metrics: new Set(current?.metricUnits.keys()),
    tokenBudget: current?.tokenBudget ?? null,
    channels: [...desired.channels, ...stays].map(({ key, kind }) => ({ id: key, kind })),
  }
}
