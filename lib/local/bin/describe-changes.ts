import type { ConfigurationChange } from '../../domain/configuration/plan.ts'
import type { ChangesAnswer } from './call-api.ts'

const MARKS: Record<ConfigurationChange['op'], string> = { create: '+', update: '~', delete: '-', unchanged: ' ' }
const WORDS: Record<'plan' | 'apply', [create: string, update: string, remove: string]> = {
  plan: ['to create', 'to change', 'to delete'],
  apply: ['created', 'changed', 'deleted'],
}

/** One line a change, and one that counts them. */
export function describeChanges(command: 'plan' | 'apply', { changes, summary }: ChangesAnswer): string[] {
  const lines = changes.map(({ op, kind, key, fields }) => {
    const detail =
      fields.length === 0
        ? ''
        : `: ${fields.map((field) => (field === 'managedBy' ? 'managed by the file from now on' : field)).join(', ')}`
    return `${MARKS[op]} ${kind} ${key}${detail}`
  })
  if (lines.length === 0) return [`Nothing to change: ${summary.unchanged} as the file says.`]
  const [create, update, remove] = WORDS[command]
  return [
    ...lines,
    `${summary.create} ${create}, ${summary.update} ${update}, ${summary.delete} ${remove}, ${summary.unchanged} unchanged.`,
  ]
}
