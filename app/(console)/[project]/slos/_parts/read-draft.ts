import type { SloDraft } from '@/lib/commands/slo/parse-slo.ts'
import { suggestKey } from '@/lib/domain/monitor/suggest-key.ts'

/** Fields of the form as a draft. `window` is a number of days or a unit of the calendar; `scope` all, chosen, or a tag. */
export function readDraft(form: FormData): SloDraft {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const name = text('name')
  const window = text('window')
  const scope = text('scope')
  const isRolling = /^\d+$/.test(window)
  return {
    key: text('key') || suggestKey(name),
    name,
    description: text('description'),
    kind: text('kind'),
    monitors: scope === 'chosen' ? form.getAll('monitor').map(String) : [],
    tag: scope.startsWith('tag:') ? scope.slice('tag:'.length) : '',
    metric: text('metric'),
    where: text('where'),
    threshold: text('threshold'),
    counts: text('counts') === 'good' ? 'good' : 'bad',
    totalMetric: text('totalMetric'),
    totalWhere: text('totalWhere'),
    vital: text('vital'),
    page: text('page'),
    target: text('target'),
    windowKind: isRolling ? 'rolling' : 'calendar',
    days: window,
    unit: window,
    timeZone: text('timeZone'),
    method: text('method'),
    sliceMinutes: text('sliceMinutes'),
    sliceTarget: text('sliceTarget'),
  }
}
