import type { RuleSpec } from '../rule/rule.ts'
import { customisedFields, findInstalled, type InstalledRule, installedVersion } from './installed.ts'
import { GUIDES, type Guide, type Pack, type PackRow } from './pack.ts'
import { type PlannedRow, planInstall } from './plan-install.ts'
import { type PackContext, specOfRow } from './spec-of-row.ts'
import { missingMetrics } from './terms-of.ts'

/** `blocked`: it cannot be installed as things are. `covered`: another rule asks the same. */
export type RowState = 'not_installed' | 'covered' | 'installed' | 'customised' | 'update_available' | 'blocked'

export interface RowView {
  row: PackRow
  key: string
  state: RowState
  /** The rule as it is, or as it would be; null when it cannot be made. */
  spec: RuleSpec | null
  /** Off by somebody's hand. */
  isEnabled: boolean
  /** What people changed, by path. */
  customised: readonly string[]
  /** Metrics that it asks for and of which there is no data yet. */
  missing: readonly string[]
  /** Why it is blocked. */
  reason: 'no_token_budget' | 'key_taken' | null
  /** Key of the rule that asks the same; null where it is not covered. */
  sameAs: string | null
}

export interface PackView {
  pack: Pack
  /** `partial`: some rows are there and some are not. */
  state: 'not_installed' | 'partial' | 'installed' | 'update_available'
  /** Of what is installed; null when nothing is. */
  version: number | null
  rows: readonly RowView[]
}

/** How a pack stands in a project, row by row. */
export function viewPack(pack: Pack, installed: readonly InstalledRule[], context: PackContext): PackView {
  const plans = planInstall({ pack, installed, context, mode: 'install' })
  const rows = plans.map((plan) => viewRow(pack, plan, installed, context))
  return { pack, rows, version: installedVersion(installed, pack.key), state: stateOf(pack, rows, installed) }
}

function stateOf(pack: Pack, rows: readonly RowView[], installed: readonly InstalledRule[]): PackView['state'] {
  const version = installedVersion(installed, pack.key)
  if (version === null) return 'not_installed'
  const hasNewRows = pack.rows.some(
    ({ since, id }) => since > version && findInstalled(installed, pack.key, id) === null,
  )
  if (hasNewRows || rows.some(({ state }) => state === 'update_available')) return 'update_available'
  return rows.some(({ state }) => state === 'not_installed') ? 'partial' : 'installed'
}

/** The same rows by the guide that they stand in. */
export function viewGuides(packs: readonly PackView[]): ({ guide: Guide } & Pick<PackView, 'rows' | 'state'>)[] {
  return GUIDES.map((guide) => {
    const rows = packs.flatMap((pack) => pack.rows.filter(({ row }) => row.source.guide === guide))
    const has = (...states: RowState[]) => rows.some(({ state }) => states.includes(state))
    const isThere = has('installed', 'customised', 'update_available')
    const whole = has('not_installed') ? 'partial' : 'installed'
    return { guide, rows, state: has('update_available') ? 'update_available' : isThere ? whole : 'not_installed' }
  })
}

function viewRow(pack: Pack, plan: PlannedRow, installed: readonly InstalledRule[], context: PackContext): RowView {
  const rule = findInstalled(installed, pack.key, plan.row.id)
  const spec = rule?.spec ?? specOfRow(pack, plan.row, context)
  const customised = rule === null ? [] : customisedFields(rule).filter((field) => field !== 'enabled')
  return {
    row: plan.row,
    key: plan.key,
    state: rowStateOf(plan, customised),
    spec,
    isEnabled: rule?.spec.enabled ?? true,
    customised,
    missing: missingMetrics((spec ?? plan.row.options[0]).condition, context.metrics),
    reason: isBlocked(plan) ? plan.reason : null,
    sameAs: plan.op === 'skip' && plan.reason === 'same_as' ? plan.as : null,
  }
}

function isBlocked(plan: PlannedRow): plan is PlannedRow & { op: 'skip'; reason: 'no_token_budget' | 'key_taken' } {
  return plan.op === 'skip' && (plan.reason === 'no_token_budget' || plan.reason === 'key_taken')
}

function rowStateOf(plan: PlannedRow, customised: readonly string[]): RowState {
  if (plan.op === 'upgrade') return 'update_available'
  if (plan.op === 'unchanged') return customised.length > 0 ? 'customised' : 'installed'
  if (isBlocked(plan)) return 'blocked'
  if (plan.op === 'skip' && plan.reason === 'same_as') return 'covered'
  return 'not_installed'
}
