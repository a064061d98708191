import type { AlertRule, Inhibitor } from '../../domain/rule/rule.ts'
import { ALONE, ruleFileSchema } from '../../domain/rule/schema-file.ts'
import type { FieldReader } from './condition-fields.ts'
import type { RuleDraft } from './rule-draft.ts'

const { incidentBy: incidentBySchema, inhibitedBy: inhibitedBySchema } = ruleFileSchema.shape

/** `service, region`; `alone`; empty for whatever alerts have in common. */
export function readIncidentBy({ incidentBy }: RuleDraft, fields: FieldReader): AlertRule['incidentBy'] {
  const given = incidentBy.trim()
  if (given === '') return null
  const read = incidentBySchema.safeParse(given === ALONE ? ALONE : listOf(given))
  if (!read.success) fields.wrong('incidentBy', 'must be labels such as service, region, or alone', 'labels')
  return read.success && read.data !== ALONE ? read.data : []
}

export function writeIncidentBy(incidentBy: AlertRule['incidentBy']): string {
  if (incidentBy === null) return ''
  return incidentBy.length === 0 ? ALONE : incidentBy.join(', ')
}

/** Commas of what must be the same stand in parentheses. */
const BETWEEN = /,(?![^(]*\))/
const INHIBITOR = /^([^\s,()]+)(?:\s*\(same\s+([^()]+)\))?$/

/** `database-down, host-down (same host, region)`. */
export function readInhibitedBy({ inhibitedBy }: RuleDraft, fields: FieldReader): readonly Inhibitor[] {
  const parts = listOf(inhibitedBy, BETWEEN)
  const read = parts.flatMap((part): Inhibitor[] => {
    const [, rule, equal] = INHIBITOR.exec(part) ?? []
    if (rule === undefined) fields.wrong('inhibitedBy', `"${part}" is no rule`, 'rules', part)
    return rule === undefined ? [] : [{ rule, equal: listOf(equal ?? '') }]
  })
  const isFine = inhibitedBySchema.safeParse(read).success
  if (read.length === parts.length && !isFine)
    fields.wrong('inhibitedBy', 'must be at most 10 rules, with at most 8 labels each', 'many')
  return read
}

export function writeInhibitedBy(inhibitedBy: readonly Inhibitor[]): string {
  return inhibitedBy
    .map(({ rule, equal }) => (equal.length === 0 ? rule : `${rule} (same ${equal.join(', ')})`))
    .join(', ')
}

function listOf(text: string, between: string | RegExp = ','): string[] {
  return text
    .split(between)
    .map((part) => part.trim())
    .filter(Boolean)
}
