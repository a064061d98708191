import { isSame } from '../monitor/same.ts'
import type { RuleSpec } from '../rule/rule.ts'
import { contentOf, customisedFields, findInstalled, type InstalledRule, installedVersion } from './installed.ts'
import { type Pack, type PackRow, ruleKeyOf } from './pack.ts'
import { type PackContext, specOfRow } from './spec-of-row.ts'
import { mergeThreeWay } from './three-way.ts'

/** What becomes of one row. `spec` is what is written, `original` what the pack says by itself. */
export type PlannedRow = { row: PackRow; key: string } & (
  | { op: 'add'; spec: RuleSpec; original: RuleSpec }
  | { op: 'upgrade'; spec: RuleSpec; original: RuleSpec; kept: string[]; contested: string[] }
  | { op: 'unchanged'; kept: string[] }
  /** Deleted by people since: an upgrade leaves it so. */
  | { op: 'skip'; reason: 'deleted' }
  | { op: 'skip'; reason: 'no_token_budget' }
  /** A rule that did not come from here has the key. */
  | { op: 'skip'; reason: 'key_taken' }
  /** Another rule, of another pack or of people, asks the same: one outage is told once. */
  | { op: 'skip'; reason: 'same_as'; as: string }
)

export interface InstallRequest {
  pack: Pack
  installed: readonly InstalledRule[]
  context: PackContext
  /**
   * `install` adds every row that is missing; `upgrade` only those that are newer than what is installed, because the others were deleted
   * on purpose.
   */
  mode: 'install' | 'upgrade'
  /** Rows by id; all of them when absent. */
  only?: readonly string[]
  /** Rules that will still be there when this is done, in place of all that are installed: what goes covers nothing. */
  staying?: readonly InstalledRule[]
}

/** What installing or upgrading a pack would do, row by row. What people changed of a rule stays as they have it. */
export function planInstall({ pack, installed, context, mode, only, staying }: InstallRequest): PlannedRow[] {
  const version = installedVersion(installed, pack.key)
  return pack.rows
    .filter(({ id }) => only === undefined || only.includes(id))
    .map((row): PlannedRow => {
      const planned = { row, key: ruleKeyOf(pack, row) }
      const before = findInstalled(installed, pack.key, row.id)
      if (before !== null) return { ...planned, ...planUpgrade(pack, row, before, context) }
      if (mode === 'upgrade' && (version === null || row.since <= version))
        return { ...planned, op: 'skip', reason: 'deleted' }
      if (installed.some(({ spec }) => spec.key === planned.key)) return { ...planned, op: 'skip', reason: 'key_taken' }
      const spec = specOfRow(pack, row, context)
      if (spec === null) return { ...planned, op: 'skip', reason: 'no_token_budget' }
      const same = findSame(spec, staying ?? installed)
      if (same !== null) return { ...planned, op: 'skip', reason: 'same_as', as: same }
      return { ...planned, op: 'add', spec, original: spec }
    })
}

/** The key of a rule that is on and fires for the same at the same moment, however it is named and told. */
function findSame(spec: RuleSpec, others: readonly InstalledRule[]): string | null {
  const askedBy = ({ condition, groupBy, forMs }: RuleSpec) => ({ condition, groupBy, forMs })
  const same = others.find((other) => other.spec.enabled && isSame(askedBy(other.spec), askedBy(spec)))
  return same?.spec.key ?? null
}

type Upgraded =
  | { op: 'upgrade'; spec: RuleSpec; original: RuleSpec; kept: string[]; contested: string[] }
  | { op: 'unchanged'; kept: string[] }

function planUpgrade(pack: Pack, row: PackRow, before: InstalledRule, context: PackContext): Upgraded {
  const offered = offerOf(pack, row, before, context)
  if (before.original === null || offered === null || isUpToDate(before, offered))
    return { op: 'unchanged', kept: customisedFields(before) }
  const merged = mergeThreeWay(contentOf(before.original), contentOf(before.spec), contentOf(offered))
  // Merged of three rules field by field: what comes out has the fields of a rule.
  const spec = { ...(merged.value as Omit<RuleSpec, 'pack'>), pack: offered.pack }
  return { op: 'upgrade', spec, original: offered, kept: merged.kept, contested: merged.contested }
}

/**
 * What the pack would install today in the place of a rule. Its name and channels stay those of the day it was installed: language and
 * channels of a project change without the pack having anything new to say.
 */
function offerOf(pack: Pack, row: PackRow, { spec, original }: InstalledRule, context: PackContext): RuleSpec | null {
  const offered = specOfRow(pack, row, context, (original ?? spec).condition)
  if (offered === null || original === null || original.pack?.version !== pack.version) return offered
  return { ...offered, name: original.name, notifyChannelIds: original.notifyChannelIds }
}

/** Where the pack has nothing newer to say: neither version nor rule differ from what it said when it was installed. */
function isUpToDate({ spec, original }: InstalledRule, offered: RuleSpec): boolean {
  return (
    original !== null && spec.pack?.version === offered.pack?.version && isSame(contentOf(original), contentOf(offered))
  )
}
