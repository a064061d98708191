import { customisedFields, type InstalledRule } from './installed.ts'

export interface UninstallPlan {
  /** Keys of rules that are as the pack made them, and of changed ones where these go, too. */
  remove: string[]
  /** Rules that people changed, and what of them. They stay. */
  keep: { key: string; fields: string[] }[]
}

/**
 * What uninstalling a pack would do: rules that people changed stay, unless `alsoChanged`. A rule that was only switched off goes with the
 * rest: nobody would miss it.
 */
export function planUninstall(
  packKey: string,
  installed: readonly InstalledRule[],
  { alsoChanged = false, only }: { alsoChanged?: boolean; only?: readonly string[] } = {},
): UninstallPlan {
  const rules = installed
    .filter(({ spec: { pack } }) => pack?.pack === packKey && (only === undefined || only.includes(pack.row)))
    .map((rule) => ({ key: rule.spec.key, fields: customisedFields(rule).filter((field) => field !== 'enabled') }))
  const stays = (fields: readonly string[]) => fields.length > 0 && !alsoChanged
  return {
    remove: rules.filter(({ fields }) => !stays(fields)).map(({ key }) => key),
    keep: rules.filter(({ fields }) => stays(fields)),
  }
}
