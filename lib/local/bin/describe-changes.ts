import type { ConfigurationChange } from '../../domain/configuration/plan.ts'
import type { ChangesAnswer } from './call-api.ts'

const MARKS: Record<ConfigurationChange['op'], string> = {
  create: '+',
  update: '~',
  delete: '-',
  release: '!',
  unchanged: ' ',
}
const WORDS: Record<'plan' | 'apply', [create: string, update: string, remove: string]> = {
  plan: ['to create', 'to change', 'to delete'],
  apply: ['created', 'changed', 'deleted'],
}

/** One line a change, and one that counts them. */
export function describeChanges(command: 'plan' | 'apply', { changes, summary }: ChangesAnswer): string[] {
  const lines = changes.map(({ op, kind, key, fields }) => {
    const details =
      op === 'release'
        ? ['stays because people changed it, and is not managed by the file any more']
        : fields.map((field) => (field === 'managedBy' ? 'managed by the file from now on' : field))
    return `${MARKS[op]} ${kind} ${key}${details.length === 0 ? '' : `: ${details.join(', ')}`}`
  })
  if (lines.length === 0) return [`Nothing to change: ${summary.unchanged} as the file says.`]
  const [create, update, remove] = WORDS[command]
  return [
    ...lines,
    `${summary.create} ${create}, ${summary.update} ${update}, ${summary.delete} ${remove}, ${summary.unchanged} unchanged.`,
  ]
}
