import { explainIssue, flattenIssues } from '../monitor/schema-issues.ts'
import { suggestName } from '../monitor/suggest-name.ts'
import { writeDuration } from '../time/duration.ts'
import type { RuleCondition } from './condition.ts'
import { type RuleIssue, toFileForm, toStoredForm } from './file-form.ts'
import { type OneLineRule, parseOneLine } from './one-line.ts'
import type { LineKnowledge } from './one-line-term.ts'
import { writeOneLine } from './one-line-write.ts'
import type { RuleSpec } from './rule.ts'
import { ruleConditionSchema } from './schema-condition.ts'
import { ALONE, type RuleFile, ruleFileSchema, ruleKeySchema } from './schema-file.ts'
import type { UnitOf } from './words.ts'

/** What the reader of a rule knows of the project. */
export interface RuleKnowledge extends LineKnowledge {
  /** Ids of channels by key. Without it `notify` holds ids. */
  channels?: ReadonlyMap<string, string>
}

export type ParsedRule = { ok: true; spec: RuleSpec } | { ok: false; issues: readonly RuleIssue[] }

/**
 * Reads a rule as people write it: the fields of `ruleFileSchema` and its `key`. Whether what it names exists is another question
 * (`checkRule`).
 */
export function parseRule(input: unknown, known: RuleKnowledge = {}): ParsedRule {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return { ok: false, issues: [{ path: [], message: 'must be a map of fields' }] }
  const { key, ...fields } = input as Record<string, unknown>
  const parsedKey = ruleKeySchema.safeParse(key, { error: explainIssue })
  const parsed = ruleFileSchema.safeParse(fields, { error: explainIssue })
  const issues: RuleIssue[] = [
    ...(parsedKey.success ? [] : flattenIssues(parsedKey.error).map(({ message }) => ({ path: ['key'], message }))),
    ...(parsed.success ? [] : flattenIssues(parsed.error).map(({ path, message }) => ({ path, message }))),
  ]
  if (!parsedKey.success || !parsed.success) return { ok: false, issues }
  return toSpec(parsedKey.data, parsed.data, known)
}

/** The rule that a file means, once its shape is right. */
export function toSpec(key: string, file: RuleFile, known: RuleKnowledge = {}): ParsedRule {
  const trigger = readTrigger(file, known)
  const channels = readChannels(file.notify, known)
  if (!trigger.ok || !channels.ok) {
    return { ok: false, issues: [...(trigger.ok ? [] : trigger.issues), ...(channels.ok ? [] : channels.issues)] }
  }
  const { condition, groupBy, forMs, keepFiringForMs } = trigger.rule
  return {
    ok: true,
    spec: {
      key,
      name: file.name ?? key,
      enabled: file.enabled,
      condition,
      groupBy: groupBy ?? file.by ?? [],
      groupLimit: file.groupLimit,
      forMs: forMs ?? file.for ?? 0,
      keepFiringForMs: keepFiringForMs ?? file.keepFiringFor ?? 0,
      noData: file.noData,
      severity: file.severity,
      notifyChannelIds: channels.ids,
      throttleMs: file.throttle,
      repeatMs: file.repeat,
      incidentBy: file.incidentBy === ALONE ? [] : file.incidentBy,
      inhibitedBy: file.inhibitedBy.map((one) => (typeof one === 'string' ? { rule: one, equal: [] } : one)),
      runbook: file.runbook === '' ? null : file.runbook,
      labels: file.labels,
      pack: null,
    },
  }
}

type ReadTrigger = { ok: true; rule: OneLineRule } | { ok: false; issues: readonly RuleIssue[] }

function readTrigger(file: RuleFile, known: RuleKnowledge): ReadTrigger {
  if (file.when !== undefined) return readWhen(file, file.when, known)
  if (file.condition === undefined) throw new Error('a rule has passed its schema without a condition')
  const stored = toStoredForm(file.condition, known.unitOf ?? (() => null))
  const bounded = stored.ok ? boundCondition(stored.condition) : stored
  if (!bounded.ok) {
    return { ok: false, issues: bounded.issues.map(({ path, message }) => ({ path: ['condition', ...path], message })) }
  }
  return { ok: true, rule: { condition: bounded.condition, groupBy: null, forMs: null, keepFiringForMs: null } }
}

function readWhen(file: RuleFile, line: string, known: RuleKnowledge): ReadTrigger {
  const read = parseOneLine(line, known)
  if (!read.ok) {
    const { column, message } = read.error
    return { ok: false, issues: [{ path: ['when'], message: `cannot be read at column ${column}: ${message}` }] }
  }
  const { rule } = read
  const twice = [
    ['by', rule.groupBy !== null && file.by !== undefined],
    ['for', rule.forMs !== null && file.for !== undefined],
    ['keepFiringFor', rule.keepFiringForMs !== null && file.keepFiringFor !== undefined],
  ] as const
  const issues: RuleIssue[] = twice.flatMap(([field, isTwice]) =>
    isTwice ? [{ path: [field], message: 'stands in when already' }] : [],
  )
  const bounded = boundCondition(rule.condition)
  if (!bounded.ok) {
    issues.push(
      ...bounded.issues.map(({ path, message }) => ({ path: ['when'], message: `${path.join('.')} ${message}` })),
    )
  }
  if (!bounded.ok || issues.length > 0) return { ok: false, issues }
  return { ok: true, rule: { ...rule, condition: bounded.condition } }
}

type Bounded = { ok: true; condition: RuleCondition } | { ok: false; issues: readonly RuleIssue[] }

/** A condition from anywhere within its bounds. */
function boundCondition(condition: unknown): Bounded {
  const parsed = ruleConditionSchema.safeParse(condition, { error: explainIssue })
  if (!parsed.success) return { ok: false, issues: flattenIssues(parsed.error) }
  return { ok: true, condition: parsed.data }
}

type ReadChannels = { ok: true; ids: readonly string[] } | { ok: false; issues: readonly RuleIssue[] }

function readChannels(notify: readonly string[], { channels }: RuleKnowledge): ReadChannels {
  if (channels === undefined) return { ok: true, ids: notify }
  const issues = notify.flatMap((key, index) => {
    if (channels.has(key)) return []
    const near = suggestName(key, [...channels.keys()])
    const hint = near === null ? '' : `: did you mean ${near}?`
    return [{ path: ['notify', index], message: `there is no channel "${key}"${hint}` }]
  })
  if (issues.length > 0) return { ok: false, issues }
  return { ok: true, ids: notify.flatMap((key) => channels.get(key) ?? []) }
}

/** What the writer of a rule knows of the project. */
export interface RuleNames {
  unitOf?: UnitOf
  /** Keys of channels by id. Without it `notify` holds ids. */
  channels?: ReadonlyMap<string, string>
}

/**
 * The opposite of `parseRule`, all fields written out: one line where one says it all, otherwise the condition in parts. Which pack a rule
 * comes from is nothing that people write, and is left out.
 */
export function writeRule(spec: RuleSpec, { unitOf = () => null, channels }: RuleNames = {}): Record<string, unknown> {
  const when = writeOneLine(spec, unitOf)
  const trigger =
    when === null
      ? {
          condition: toFileForm(spec.condition, unitOf),
          by: spec.groupBy,
          for: writeDuration(spec.forMs),
          keepFiringFor: writeDuration(spec.keepFiringForMs),
        }
      : { when }
  return {
    key: spec.key,
    name: spec.name,
    enabled: spec.enabled,
    ...trigger,
    groupLimit: spec.groupLimit,
    noData: spec.noData,
    severity: spec.severity,
    notify: spec.notifyChannelIds.map((id) => channels?.get(id) ?? id),
    throttle: writeDuration(spec.throttleMs),
    repeat: writeDuration(spec.repeatMs),
    incidentBy: spec.incidentBy?.length === 0 ? ALONE : spec.incidentBy,
    inhibitedBy: spec.inhibitedBy.map((one) => (one.equal.length === 0 ? one.rule : one)),
    runbook: spec.runbook ?? '',
    labels: spec.labels,
  }
}
