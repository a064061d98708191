import type { TestedRule } from '../../domain/alert/back-test-step.ts'
import { SEVERITIES } from '../../domain/monitor/severity.ts'
import { suggestKey } from '../../domain/monitor/suggest-key.ts'
import type { RuleCondition } from '../../domain/rule/condition.ts'
import { endSentence, sayFault } from '../../domain/rule/fault.ts'
import { parseOneLine } from '../../domain/rule/one-line.ts'
import type { LineKnowledge } from '../../domain/rule/one-line-term.ts'
import { NO_DATA, type RuleSpec } from '../../domain/rule/rule.ts'
import { ruleConditionSchema } from '../../domain/rule/schema-condition.ts'
import type { CommandResult, FieldError } from '../../ports/command-result.ts'
import { createFieldReader, type FieldReader, readCondition } from './condition-fields.ts'
import { toFieldError } from './field-of-issue.ts'
import type { RuleDraft } from './rule-draft.ts'
import { readIncidentBy, readInhibitedBy } from './together-fields.ts'

const KEY_PATTERN = /^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/
const NAME_MAX = 120

/** What a draft that says nothing of itself is called while it is tried out. */
const UNNAMED = 'draft'

/** The part of a draft that a back-test needs: what is asked and for how long, without a name. Every wrong field is named. */
export function parseTested(draft: RuleDraft, known: LineKnowledge): CommandResult<TestedRule> {
  const fields = createFieldReader()
  const tested = readTested(draft, known, fields)
  return tested === null || fields.errors.length > 0
    ? { ok: false, errors: fields.errors }
    : { ok: true, value: tested }
}

/** The whole rule. Without a name it is called as `nameOf` says, and without a key by its name. Every wrong field is named. */
export function parseDraft(
  draft: RuleDraft,
  known: LineKnowledge,
  nameOf: (rule: TestedRule) => string,
): CommandResult<RuleSpec> {
  const fields = createFieldReader()
  const tested = readTested(draft, known, fields)
  const name =
    draft.name.trim() || (tested === null || fields.errors.length > 0 ? '' : nameOf(tested).slice(0, NAME_MAX))
  const key = draft.key.trim() || suggestKey(name)
  if (name.length > NAME_MAX) fields.wrong('name', `must have at most ${NAME_MAX} characters`, 'length')
  if (fields.errors.length === 0 && (!KEY_PATTERN.test(key) || key.length > 63 || key === 'new'))
    fields.wrong('key', 'must be lower-case letters, digits, points, dashes and underscores', 'key', key)
  const rest = {
    name,
    enabled: true,
    severity: {
      warning: fields.choice(draft, 'severityWarning', SEVERITIES),
      critical: fields.choice(draft, 'severityCritical', SEVERITIES),
    },
    notifyChannelIds: draft.channels,
    runbook: draft.runbook.trim() || null,
    labels: readLabels(draft.labels, fields),
    pack: null,
  }
  if (tested === null || fields.errors.length > 0) return { ok: false, errors: fields.errors }
  return { ok: true, value: { ...tested, ...rest, key } }
}

function readTested(draft: RuleDraft, known: LineKnowledge, fields: FieldReader): TestedRule | null {
  const said = draft.mode === 'line' ? readLine(draft, known, fields) : readSentence(draft, known, fields)
  if (said === null) return null
  if (fields.errors.length === 0) fields.errors.push(...boundErrors(said.condition, draft.mode))
  return {
    key: draft.key.trim() || UNNAMED,
    ...said,
    groupLimit: Math.round(fields.number(draft, 'groupLimit', { least: 1, most: 1_000 })),
    noData: fields.choice(draft, 'noData', NO_DATA),
    throttleMs: fields.duration(draft, 'throttle', 0),
    repeatMs: fields.duration(draft, 'repeat', 0),
    incidentBy: readIncidentBy(draft, fields),
    inhibitedBy: readInhibitedBy(draft, fields),
  }
}

/** Bounds of the store, which a condition must keep whatever the project is like: windows of whole minutes, an order of days. */
function boundErrors(condition: RuleCondition, mode: RuleDraft['mode']): FieldError[] {
  const read = ruleConditionSchema.safeParse(condition)
  if (read.success) return []
  return read.error.issues.map(({ path, message }) =>
    toFieldError({ path: path.map((part) => (typeof part === 'symbol' ? String(part) : part)), message }, mode),
  )
}

type Said = Pick<TestedRule, 'condition' | 'groupBy' | 'forMs' | 'keepFiringForMs'>

function readSentence(draft: RuleDraft, { unitOf = () => null }: LineKnowledge, fields: FieldReader): Said {
  const isOfMonitors = draft.kind === 'consecutive_failures' || draft.kind === 'expiry'
  const isOneAlert = draft.kind === 'burn_rate' || draft.kind === 'composite'
  return {
    condition: readCondition(draft, unitOf, fields),
    // Rules over monitors speak of each of them anyway, and those over SLOs and rules of one thing.
    groupBy: isOfMonitors || isOneAlert || draft.groupBy.trim() === '' ? [] : [draft.groupBy.trim()],
    forMs: isOfMonitors || draft.kind === 'absence' ? 0 : fields.duration(draft, 'forTime', 0),
    keepFiringForMs: fields.duration(draft, 'keepFiringFor', 0),
  }
}

function readLine(draft: RuleDraft, known: LineKnowledge, fields: FieldReader): Said | null {
  if (draft.line.trim() === '') {
    fields.wrong('line', 'write a rule such as p95(http.server.request.duration) > 2s for 5m', 'missing')
    return null
  }
  const read = parseOneLine(draft.line.trim(), known)
  if (!read.ok) {
    const { column, message, fault } = read.error
    fields.errors.push({
      field: 'line',
      code: 'line',
      message: endSentence(`Column ${column}: ${message}`),
      messageFr: endSentence(`Colonne ${column}\u00a0: ${sayFault(fault, 'fr')}`),
      given: String(column),
    })
    return null
  }
  const { condition, groupBy, forMs, keepFiringForMs } = read.rule
  return { condition, groupBy: groupBy ?? [], forMs: forMs ?? 0, keepFiringForMs: keepFiringForMs ?? 0 }
}

function readLabels(text: string, fields: FieldReader): Record<string, string> {
  const pairs = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => part.split('=').map((side) => side.trim()))
  const wrong = pairs.find((sides) => sides.length !== 2 || sides.some((side) => side === ''))
  if (wrong !== undefined) fields.wrong('labels', 'must be names and values such as team=checkout, tier=1', 'labels')
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, value]))
}
