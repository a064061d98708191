import type { RuleDraft } from '@/lib/commands/rule/rule-draft.ts'
import type { EditorChoices, EditorContext } from '@/lib/queries/rule-editor.ts'

export interface SentenceProps {
  draft: RuleDraft
  errors: Record<string, string>
  context: EditorContext
  choices: EditorChoices
}

/** One line of the sentence, which breaks where the window is narrow. */
export const ROW = 'flex flex-wrap items-start gap-x-3 gap-y-3'

/** Name, value and error of a field of the draft. */
export function fieldOf(draft: RuleDraft, errors: Record<string, string>) {
  return (name: Exclude<keyof RuleDraft, 'channels' | 'rules'>) => ({
    name,
    defaultValue: draft[name],
    error: errors[name],
  })
}

/** The same of a field with choices. */
export function choiceOf(draft: RuleDraft, errors: Record<string, string>) {
  return (name: Exclude<keyof RuleDraft, 'channels' | 'rules'>) => ({ name, value: draft[name], error: errors[name] })
}
