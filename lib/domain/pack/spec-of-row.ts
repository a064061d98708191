import type { Limit, RuleCondition } from '../rule/condition.ts'
import type { RuleSpec } from '../rule/rule.ts'
import type { Locale } from '../time/locale.ts'
import { type Pack, type PackChannel, type PackOption, type PackRow, ruleKeyOf } from './pack.ts'
import { metricsOf, missingMetrics } from './terms-of.ts'

/** More groups than this are an error of a rule from a pack. */
const GROUP_LIMIT = 50

/** What of a project decides how rows become its rules. */
export interface PackContext {
  /** Language of the rules' names. */
  locale: Locale
  /** Names of metrics that the project has. */
  metrics: ReadonlySet<string>
  /** Tokens of language models in a month; null when nobody has set one. */
  tokenBudget: number | null
  channels: readonly { id: string; kind: string }[]
}

/**
 * The rule that a row becomes in a project. `before` is the condition that was installed: as long as its metrics come, an upgrade stays with
 * them. Null for a row of the token budget where there is none.
 */
export function specOfRow(
  pack: Pick<Pack, 'key' | 'version'>,
  row: PackRow,
  context: PackContext,
  before: RuleCondition | null = null,
): RuleSpec | null {
  const { condition, groupBy } = chooseOption(row.options, context.metrics, before)
  if (row.ofTokenBudget && context.tokenBudget === null) return null
  return {
    key: ruleKeyOf(pack, row),
    name: row.name[context.locale],
    enabled: true,
    condition: row.ofTokenBudget ? scale(condition, context.tokenBudget ?? 1) : condition,
    groupBy,
    groupLimit: GROUP_LIMIT,
    forMs: row.forMs,
    keepFiringForMs: row.keepFiringForMs,
    noData: row.noData,
    severity: row.severity,
    notifyChannelIds: channelIdsOf(row.channels, context.channels),
    throttleMs: row.throttleMs,
    repeatMs: 0,
    incidentBy: null,
    inhibitedBy: [],
    runbook: row.runbook,
    labels: {},
    pack: { pack: pack.key, row: row.id, version: pack.version },
  }
}

/** That of the metrics that were asked before, if any of them comes; else the first whose metrics all come; else the first. */
function chooseOption(
  options: PackRow['options'],
  known: ReadonlySet<string>,
  before: RuleCondition | null,
): PackOption {
  const asked = before === null ? undefined : options.find(({ condition }) => asksTheSame(condition, before))
  const comes = ({ condition }: PackOption) => missingMetrics(condition, known).length === 0
  return (asked !== undefined && comes(asked) ? asked : options.find(comes)) ?? asked ?? options[0]
}

function asksTheSame(one: RuleCondition, other: RuleCondition): boolean {
  return one.kind === other.kind && String(metricsOf(one)) === String(metricsOf(other))
}

/** Limits that are shares, as so much of a whole. */
function scale(condition: RuleCondition, whole: number): RuleCondition {
  if (condition.kind !== 'threshold') return condition
  const scaled = (limit: Limit | null) =>
    limit === null
      ? null
      : { value: limit.value * whole, recovery: limit.recovery === null ? null : limit.recovery * whole }
  return { ...condition, warning: scaled(condition.warning), critical: scaled(condition.critical) }
}

/** A row that names kinds of channel goes to all of those; none of them at all leaves it to the routing. */
function channelIdsOf(wanted: readonly PackChannel[] | null, channels: PackContext['channels']): string[] {
  const kinds: readonly string[] = wanted ?? []
  return channels.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id)
}
