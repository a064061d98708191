import { formatDuration } from '../time/format-duration.ts'
import { type AmountFault, sayAmountFault } from './amount-fault.ts'
import type { Operator } from './condition.ts'
import { type Expected, sayExpected } from './fault-phrases.ts'

/** "Did you mean": the nearest name that there is; null when none is near. */
type Near = string | null
const hint = (near: Near) => (near === null ? '' : `: did you mean ${near}?`)
const WORDS: Record<Operator, string> = { above: 'above', below: 'below', at_least: 'at least', at_most: 'at most' }
const time = (ms: number) => formatDuration(ms, 'en')
const side = (isUpward: boolean) => (isUpward ? 'above' : 'below')

/**
 * What can be wrong with a rule, and the values of each. Faults of a line are whole sentences; those of a field end the sentence that the
 * field begins.
 */
export const FAULTS_EN = {
  // Of a line.
  expected: ({ found, allowed, near }: { found: string | null; allowed: Expected; near: Near }) =>
    `${found === null ? 'the line ends here' : `found "${found}"`}, where ${sayExpected(allowed, 'en')} should stand${hint(near)}`,
  too_long: ({ most }: { most: number }) => `must have at most ${most} characters`,
  stray_character: ({ character }: { character: string }) => `found "${character}", which has no meaning here`,
  open_quote: () => 'a quotation mark opens here and none closes it',
  bad_text: () => 'a text in quotes is written as in JSON: \\" and \\\\ stand for " and \\',
  twice: ({ name }: { name: string }) => `"${name}" stands here for the second time`,
  met_limit: ({ sign }: { sign: string }) => `a limit is crossed and not met: write >= or <= in place of "${sign}"`,
  no_level: ({ found, near }: { found: string; near: Near }) =>
    `found "${found}", where warning or critical should stand${hint(near)}`,
  whole_days: ({ given }: { given: string }) => `"${given}" must be whole days, such as 14d`,
  above_zero: ({ given }: { given: string }) => `"${given}" must be a number above 0`,
  both_levels: () => 'a limit cannot be both warn and critical',
  other_comparison: () => 'the warning must compare in the same way as the limit before it',
  bare_metric: ({ metric }: { metric: string }) => `name what to look at, such as avg(${metric}) or rate(${metric})`,
  bad_amount: ({ given, fault }: { given: string; fault: AmountFault }) => `"${given}" ${sayAmountFault(fault, 'en')}`,
  // Of a rule in its project.
  recovery_side: ({ recovery, limit, isUpward }: { recovery: number; limit: number; isUpward: boolean }) =>
    `is ${recovery} and must be ${side(!isUpward)} the limit, ${limit}: otherwise it would be well while it is bad`,
  level_order: (values: { critical: number; warning: number; operator: Operator; isUpward: boolean }) =>
    `is ${values.critical} and must be ${side(values.isUpward)} the warning, ${values.warning}: values ${WORDS[values.operator]} it would never be a warning`,
  share_above_one: ({ value }: { value: number }) =>
    `is ${value}, but a share is between 0 and 1: did you mean ${value}%?`,
  burn_unreachable: ({ factor, target, highest }: { factor: number; target: number; highest: number }) =>
    `is ${factor}, which can never be reached: with a target of ${target}% a total outage burns ${highest} times too fast`,
  unknown_name: ({ noun, key, near }: { noun: 'SLO' | 'rule' | 'monitor'; key: string; near: Near }) =>
    `names the ${noun} "${key}" that does not exist${hint(near)}`,
  circle: ({ keys }: { keys: readonly string[] }) => `goes in a circle: ${keys.join(' → ')}`,
  unknown_tag: ({ tag, near }: { tag: string; near: Near }) => `is "${tag}", which no monitor has yet${hint(near)}`,
  no_monitor: () => 'means every monitor, and there is none yet',
  splits_itself: () => 'does not belong to a rule of this kind, which splits by itself or not at all',
  unknown_metric: ({ metric, near }: { metric: string; near: Near }) =>
    `names "${metric}", which the project does not have${near === null ? ': nothing of that name has come so far' : hint(near)}`,
  unfit_aggregate: (values: {
    aggregate: string
    kind: 'gauge' | 'counter' | 'histogram'
    metric: string
    instead: string
  }) =>
    `is ${values.aggregate}, which a ${values.kind} such as ${values.metric} does not have: ${values.instead} is what it has`,
  unknown_attribute: (values: { name: string; metric: string; near: Near; all: readonly string[] }) => {
    const all = values.all.length === 0 ? ': it has none' : `: it has ${values.all.join(', ')}`
    return `names the attribute "${values.name}", which ${values.metric} does not have${values.near === null ? all : hint(values.near)}`
  },
  same_divisor: () => 'is the same as what it divides: the ratio is always 1. Leave a condition out of the divisor',
  narrower_divisor: () => 'counts less than what it divides: swap the two, or leave the condition out of the divisor',
  other_divisor_unit: ({ own, other }: { own: string; other: string }) =>
    `is in ${own} and what it divides in ${other}: a ratio of the two means nothing`,
  window_too_short: (values: { windowMs: number; metric: string; intervalMs: number }) =>
    `is ${time(values.windowMs)}, but ${values.metric} comes every ${time(values.intervalMs)}: most windows would be empty`,
  beyond_retention: ({ reachMs, keptMs }: { reachMs: number; keptMs: number }) =>
    `reaches back ${time(reachMs)}, but data is kept for ${time(keptMs)}`,
  too_young: ({ weeks, ageMs }: { weeks: number; ageMs: number }) =>
    `compares with ${weeks} weeks before, but there are ${time(ageMs)} of data: until then it says nothing`,
  uneven_window: () =>
    'is not whole hours: minutes are kept for 30 days only, and the weeks before that will be missing',
} as const
