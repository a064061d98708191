import type { TestedRule } from '../../domain/alert/back-test-step.ts'
import type { RuleIssue } from '../../domain/rule/file-form.ts'
import type { LineKnowledge } from '../../domain/rule/one-line-term.ts'
import type { AlertRule } from '../../domain/rule/rule.ts'
import { type CommandResult, refuse } from '../../ports/command-result.ts'
import type { RuleCommands } from '../../ports/rule-commands.ts'
import { toFieldError } from './field-of-issue.ts'
import { parseDraft } from './parse-draft.ts'
import type { RuleDraft } from './rule-draft.ts'
import { saveRule } from './save.ts'

export interface SaveDraftDeps {
  commands: Pick<RuleCommands, 'save'>
  known: LineKnowledge
  /** The project's rules: a new one must not take the key of another. */
  rules: readonly AlertRule[]
  check: (rule: TestedRule) => Promise<{ errors: readonly RuleIssue[] }>
  nameOf: (rule: TestedRule) => string
}

/** Saves what the editor's fields say, as a new rule or over the one of `key`. Wrong fields change nothing. Admins. Answers the key. */
export async function saveDraft(
  { commands, known, rules, check, nameOf }: SaveDraftDeps,
  projectId: string,
  key: string | null,
  draft: RuleDraft,
): Promise<CommandResult<string>> {
  const before = rules.find((rule) => rule.key === key) ?? null
  if (key !== null && before === null) return refuse(null, 'PT404', 'there is no such rule in this project')
  const parsed = parseDraft({ ...draft, key: key ?? draft.key }, known, nameOf)
  if (!parsed.ok) return parsed
  const { errors } = await check(parsed.value)
  if (errors.length > 0) return { ok: false, errors: errors.map((issue) => toFieldError(issue, draft.mode)) }
  if (before === null && rules.some((rule) => rule.key === parsed.value.key))
    return refuse('key', 'PT409', `key: "${parsed.value.key}" is taken by another rule of this project`)
  // What the editor does not ask stays as it was.
  const kept = before === null ? {} : { enabled: before.enabled, pack: before.pack }
  const saved = await saveRule(commands, projectId, { ...parsed.value, ...kept })
  return saved.ok ? { ok: true, value: parsed.value.key } : saved
}
