import type { KpiDraft } from '@/lib/commands/kpi/parse-kpi.ts'
import { suggestKey } from '@/lib/domain/monitor/suggest-key.ts'

/** Fields of the form as a draft. An empty connection string keeps the stored one. */
export function readDraft(form: FormData): KpiDraft {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const name = text('name')
  return {
    // As the names of metrics are written.
    key: text('key') || suggestKey(name).replaceAll('-', '_'),
    name,
    unit: text('unit'),
    kind: text('kind') === 'pushed' ? 'pushed' : 'sql',
    query: text('query'),
    schedule: text('schedule'),
    timeZone: text('timeZone'),
    lowerLimit: text('lowerLimit'),
    upperLimit: text('upperLimit'),
    database: text('database') || null,
  }
}
