import { endSentence, type Fault, sayFault } from '../../domain/rule/fault.ts'
import type { RuleIssue } from '../../domain/rule/file-form.ts'
import type { FieldError } from '../../ports/command-result.ts'
import { sayBoundInFrench } from './bound-words.ts'
import type { RuleDraft } from './rule-draft.ts'

/** An issue of a rule at the field of the editor that it is about. */
export function toFieldError(issue: RuleIssue, mode: RuleDraft['mode']): FieldError {
  const path = issue.path.map(String)
  const field = path[0] === 'inhibitedBy' ? 'inhibitedBy' : mode === 'line' ? 'line' : fieldOf(path)
  const { fault, message } = issue
  const words = fault === undefined ? { en: message, fr: sayBoundInFrench(message) } : sayBoth(fault)
  return {
    field,
    code: 'check',
    message: endSentence(`It ${words.en}`),
    messageFr: endSentence(`Ce champ ${words.fr}`),
  }
}

/** Parts of a condition that have a field of their own. */
const OWN_FIELDS: readonly (readonly [part: string, field: keyof RuleDraft])[] = [
  ['windowMs', 'window'],
  ['cooldownMs', 'cooldown'],
  ['cooldown', 'cooldown'],
  ['sensitivity', 'sensitivity'],
  ['failures', 'failures'],
  ['weeks', 'weeks'],
  ['minBaseline', 'minBaseline'],
  ['minCount', 'minCount'],
  ['minBadEvents', 'minBadEvents'],
  ['criticalDays', 'criticalDays'],
  ['warningDays', 'warningDays'],
]

function fieldOf(path: readonly string[]): keyof RuleDraft {
  const has = (name: string) => path.includes(name)
  const isDivisor = has('per')
  if (has('slo')) return 'slo'
  if (has('rules')) return 'rules'
  if (has('windows')) return burnField(path)
  const own = OWN_FIELDS.find(([name]) => path.at(-1) === name)
  if (own !== undefined) return own[1]
  if (has('where')) return isDivisor ? 'perWhereName' : 'whereName1'
  if (has('aggregate')) return isDivisor ? 'perAggregate' : 'aggregate'
  if (has('critical')) return has('recovery') ? 'criticalRecovery' : 'critical'
  if (has('warning')) return has('recovery') ? 'warningRecovery' : 'warning'
  if (has('window')) return 'window'
  if (has('monitors')) return 'monitors'
  if (has('by') || has('groupBy')) return 'groupBy'
  return isDivisor ? 'perMetric' : 'metric'
}

/** `condition.windows.1.factor` is the factor of the second pair; what is wrong with all of them stands at the first. */
function burnField(path: readonly string[]): keyof RuleDraft {
  const [index, part] = path.slice(path.indexOf('windows') + 1)
  if (part === 'factor') return index === '1' ? 'burnFactor2' : 'burnFactor1'
  if (part === 'short' || part === 'shortMs') return index === '1' ? 'burnShort2' : 'burnShort1'
  return index === '1' ? 'burnLong2' : 'burnLong1'
}

function sayBoth(fault: Fault): { en: string; fr: string } {
  return { en: sayFault(fault, 'en'), fr: sayFault(fault, 'fr') }
}
