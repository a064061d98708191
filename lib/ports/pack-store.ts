import type { InstalledRule } from '../domain/pack/installed.ts'
import type { PackContext } from '../domain/pack/spec-of-row.ts'
import type { RuleSpec } from '../domain/rule/rule.ts'
import type { Locale } from '../domain/time/locale.ts'
import type { CommandResult } from './command-result.ts'

/** The project that packs are installed in. */
export interface PackProject {
  id: string
  /** Of the names that rules get. */
  locale: Locale
}

/** Rules of packs in the name of the signed-in person: what there is, and changes that the database allows admins alone. */
export interface PackStore {
  /** Every rule that came from a pack, rules of one's own that have one of `keys`, and what decides how rows become rules. */
  load(project: PackProject, keys: readonly string[]): Promise<{ installed: InstalledRule[]; context: PackContext }>
  /** Whole or not at all. */
  apply(projectId: string, changes: PackChanges): Promise<CommandResult<{ saved: number; removed: number }>>
}

/** `original` is what the pack says by itself, kept for the next upgrade. */
export interface PackChanges {
  rules: readonly { spec: RuleSpec; original: RuleSpec }[]
  removedKeys: readonly string[]
}
