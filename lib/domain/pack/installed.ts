import type { RuleSpec } from '../rule/rule.ts'
import { changedFields } from './three-way.ts'

/** A rule of a project, and what its pack made of it. `original` is null for rules of one's own. */
export interface InstalledRule {
  spec: RuleSpec
  original: RuleSpec | null
}

/** What people changed of a rule since its pack made it, by path; which row and version it is of does not count. */
export function customisedFields({ spec, original }: InstalledRule): string[] {
  return original === null ? [] : changedFields(contentOf(original), contentOf(spec))
}

/** A rule without where it comes from. */
export function contentOf({ pack: _, ...content }: RuleSpec): Omit<RuleSpec, 'pack'> {
  return content
}

/** The rule that a row of a pack became; null when it is not there. */
export function findInstalled(
  installed: readonly InstalledRule[],
  packKey: string,
  rowId: string,
): InstalledRule | null {
  return installed.find(({ spec: { pack } }) => pack?.pack === packKey && pack.row === rowId) ?? null
}

/** The newest version of a pack of which something is installed; null when nothing is. */
export function installedVersion(installed: readonly InstalledRule[], packKey: string): number | null {
  const versions = installed.flatMap(({ spec: { pack } }) => (pack?.pack === packKey ? [pack.version] : []))
  return versions.length === 0 ? null : Math.max(...versions)
}
