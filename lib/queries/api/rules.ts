import { writeRule } from '../../domain/rule/config.ts'
import { VIRTUAL_METRICS } from '../../domain/rule/virtual-metrics.ts'
import { wellKnownUnit } from '../../domain/series/well-known-units.ts'
import { toIso } from '../../domain/time/instant.ts'
import type { ApiStore } from '../../ports/api-store.ts'
import { type ListedRule, RULE_STATUSES, type RuleGroup, type RuleQuery } from '../../ports/rule-reader.ts'
import { isoOrNull } from './monitor-json.ts'
import type { ApiQuestion, Json } from './monitors.ts'
import { ParameterReader, type Parsed } from './parameters.ts'

const KEY = /^[a-z0-9-]{1,63}$/
/** Where a page begins: the rank and the key of the last rule before it. Nothing that callers make up. */
const CURSOR = /^\d\.[a-z0-9-]{1,63}$/

type RuleStore = Pick<ApiStore, 'listRules' | 'listRuleGroups' | 'listChannelKeys'>
type ChannelKeys = ReadonlyMap<string, string>

/** One page of rules, what is wrong first. `next` is the `after` of the page behind it. */
export async function listApiRules(
  store: RuleStore,
  { projectId, projectUrl, parameters }: ApiQuestion,
): Promise<Parsed<Json>> {
  const asked = new ParameterReader(parameters)
  const limit = asked.integer('limit', { min: 1, max: 200, default: 100 })
  const status = asked.choice('status', ['all', ...RULE_STATUSES], 'all')
  const after = asked.text('after', CURSOR, 'must be the next of another page')
  if (asked.errors.length > 0) return { ok: false, errors: asked.errors }
  const query: RuleQuery = {
    status: status === 'all' ? null : status,
    pack: null,
    text: null,
    after: after === null ? null : { rank: Number(after.slice(0, 1)), key: after.slice(2) },
    limit: limit + 1,
  }
  const [{ rules, evaluatedAt }, channels] = await Promise.all([
    store.listRules(projectId, query),
    store.listChannelKeys(projectId),
  ])
  const page = rules.slice(0, limit)
  const last = page.at(-1)
  const next = rules.length > limit && last !== undefined ? `${last.rank}.${last.rule.key}` : null
  const shown = page.map((rule) => ruleJson(rule, channels, projectUrl))
  return { ok: true, value: { rules: shown, evaluatedAt: isoOrNull(evaluatedAt), next } }
}

/** One rule with its groups, the worst first; null when the project has none of that key. */
export async function readApiRule(
  store: RuleStore,
  key: string,
  { projectId, projectUrl }: ApiQuestion,
): Promise<Json | null> {
  if (!KEY.test(key)) return null
  const query = { key, status: null, pack: null, text: null, after: null, limit: 1 }
  const [{ rules, evaluatedAt }, channels] = await Promise.all([
    store.listRules(projectId, query),
    store.listChannelKeys(projectId),
  ])
  const [rule] = rules
  if (rule === undefined) return null
  const groups = await store.listRuleGroups(rule.rule.id)
  return {
    ...ruleJson(rule, channels, projectUrl),
    evaluatedAt: isoOrNull(evaluatedAt),
    groups: groups.map((group) => groupJson(rule, group)),
  }
}

/** How it stands, and under `rule` what it says in the words of vigie.yaml. */
function ruleJson(listed: ListedRule, channels: ChannelKeys, projectUrl: string): Json {
  const { rule, status, level, value, reason, sinceAt, groupsTotal, groupsFiring, lastFiredAt } = listed
  const { key, name, ...written } = writeRule(rule, { unitOf, channels })
  return {
    id: rule.id,
    key,
    name,
    status,
    level,
    value,
    reason,
    since: isoOrNull(sinceAt),
    lastFiredAt: isoOrNull(lastFiredAt),
    groupsTotal,
    groupsFiring,
    rule: written,
    pack: rule.pack,
    url: `${projectUrl}/rules/${rule.key}`,
  }
}

function groupJson({ rule }: ListedRule, { group, status, level, value, reason, sinceAt }: RuleGroup): Json {
  const names = rule.groupBy.length > 0 ? rule.groupBy : ['monitor']
  const labels = Object.fromEntries(group.map((text, index) => [names[index] ?? String(index), text]))
  return { labels, status, level, value, reason, since: toIso(sinceAt) }
}

/** Limits of other metrics are bare numbers, in the unit of the metric. */
function unitOf(metric: string): string | null {
  return VIRTUAL_METRICS.get(metric)?.unit ?? wellKnownUnit(metric)
}
