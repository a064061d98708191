import type { RuleIssue } from '../../domain/rule/file-form.ts'
import type { FieldError } from '../../ports/command-result.ts'
import type { RuleDraft } from './rule-draft.ts'

/** An issue of a rule at the field of the editor that it is about. */
export function toFieldError(issue: RuleIssue, mode: RuleDraft['mode']): FieldError {
  const field = mode === 'line' ? 'line' : fieldOf(issue.path.map(String))
  return { field, code: 'check', message: issue.message }
}

function fieldOf(path: readonly string[]): keyof RuleDraft {
  const has = (name: string) => path.includes(name)
  const isDivisor = has('per')
  if (has('where')) return isDivisor ? 'perWhereName' : 'whereName1'
  if (has('aggregate')) return isDivisor ? 'perAggregate' : 'aggregate'
  if (has('critical')) return has('recovery') ? 'criticalRecovery' : 'critical'
  if (has('warning')) return has('recovery') ? 'warningRecovery' : 'warning'
  if (has('window')) return 'window'
  if (has('monitors')) return 'monitors'
  if (has('by') || has('groupBy')) return 'groupBy'
  return isDivisor ? 'perMetric' : 'metric'
}
