import type { MonitorSelector } from '../monitor/selector.ts'
import { suggestName } from '../monitor/suggest-name.ts'
import type { CheckedRule, KnownThings } from './check.ts'
import { issueOf, type RuleIssue } from './file-form.ts'
import { findCycle, lookedAtRules } from './order.ts'
import type { RuleSpec } from './rule.ts'

/** Whether monitors, SLOs and rules that it names exist, and neither composites nor what keeps rules quiet goes in a circle. */
export function checkReferences(spec: RuleSpec, known: KnownThings): CheckedRule {
  const { errors, warnings } = checkCondition(spec, known)
  const inhibitors = spec.inhibitedBy.map(({ rule }) => rule)
  // Each would keep the other quiet, and nobody would be told of either.
  const inhibitorsOf = ({ inhibitedBy }: KnownRule) => inhibitedBy.map(({ rule }) => rule)
  return { errors: [...errors, ...checkRules(inhibitors, spec, known, inhibitorsOf, ['inhibitedBy'])], warnings }
}

function checkCondition(spec: RuleSpec, known: KnownThings): CheckedRule {
  const { condition } = spec
  switch (condition.kind) {
    case 'consecutive_failures':
    case 'expiry':
      return checkMonitors(condition.monitors, known)
    case 'burn_rate':
      return {
        errors: unknown('SLO', [condition.slo], [...known.slos.keys()], ['condition', 'slo']),
        warnings: [],
      }
    case 'composite':
      return {
        errors: checkRules(condition.rules, spec, known, lookedAtRules, ['condition', 'rules']),
        warnings: [],
      }
    default:
      return { errors: [], warnings: [] }
  }
}

type KnownRule = KnownThings['rules'][number]

/** Rules that a rule names in one way: there are such rules, and they do not lead back to it. */
function checkRules(
  named: readonly string[],
  spec: RuleSpec,
  { rules }: KnownThings,
  namedBy: (rule: KnownRule) => readonly string[],
  path: readonly string[],
): RuleIssue[] {
  const others = rules.filter(({ key }) => key !== spec.key)
  const errors = unknown('rule', named, [...others.map(({ key }) => key), spec.key], path)
  const cycle = findCycle<KnownRule>(spec, others, namedBy)
  return cycle === null ? errors : [...errors, issueOf(path, { code: 'circle', values: { keys: cycle } })]
}

function checkMonitors({ keys, tag }: MonitorSelector, { monitors }: KnownThings): CheckedRule {
  const path = ['condition', 'monitors']
  const known = monitors.map(({ key }) => key)
  if (keys !== null) return { errors: unknown('monitor', keys, known, [...path, 'keys']), warnings: [] }
  if (tag !== null && !monitors.some(({ tags }) => tags.includes(tag))) {
    const tags = [...new Set(monitors.flatMap((monitor) => monitor.tags))]
    const near = suggestName(tag, tags)
    const unknownTag = issueOf([...path, 'tag'], { code: 'unknown_tag', values: { tag, near } })
    return { errors: [], warnings: [unknownTag] }
  }
  const none = issueOf(path, { code: 'no_monitor', values: null })
  return { errors: [], warnings: monitors.length === 0 ? [none] : [] }
}

function unknown(
  noun: 'SLO' | 'rule' | 'monitor',
  keys: readonly string[],
  known: readonly string[],
  path: readonly string[],
): RuleIssue[] {
  return keys.flatMap((key, index) => {
    if (known.includes(key)) return []
    const near = suggestName(key, known)
    const at = keys.length === 1 && noun === 'SLO' ? path : [...path, String(index)]
    return [issueOf(at, { code: 'unknown_name', values: { noun, key, near } })]
  })
}
