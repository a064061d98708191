import { formatValue } from '../rollup/format-value.ts'
import { formatBriefIn } from '../time/format-zoned.ts'
import { fromIso } from '../time/instant.ts'
import type { MessageData, NotificationKind, OutgoingMessage } from './message.ts'
import { toOneLine } from './one-line.ts'
import type { RuleMessage } from './rule-message.ts'
import type { RuleFacts, Tone, Words } from './words.ts'

/** What a message about a rule is about at a glance. An incident closed by hand while the rule still fires stays `critical`. */
export function readRuleTone(kind: NotificationKind, { level }: RuleMessage): Tone {
  if (kind === 'incident.acknowledged') return 'acknowledged'
  return level ?? 'normal'
}

/** The fact in one sentence: which rule, what it found against its limit, since when. */
export function writeRuleHeadline(
  { kind, data }: OutgoingMessage,
  rule: RuleMessage,
  span: { since: string; lasted: string },
  words: Words,
): string {
  const { incident } = data
  const facts: RuleFacts = {
    ...span,
    name: nameRule(rule),
    why: tellFigure(rule, data, words),
    number: incident?.number ?? 0,
  }
  const { headlines } = words
  if (kind === 'incident.acknowledged') return headlines.acknowledged(facts)
  if (rule.retired === true) return headlines.ruleRetired(facts)
  if (kind === 'incident.resolved') {
    if (rule.level === 'critical') return headlines.ruleClosed(facts)
    if (rule.level === 'warning') return headlines.ruleEased(facts)
    return incident?.flapping === true ? headlines.ruleSteady(facts) : headlines.ruleNormal(facts)
  }
  if (kind === 'alert.resolved') return headlines.ruleNormal(facts)
  if (incident?.flapping === true) return headlines.ruleFlapping(facts)
  return rule.level === 'warning' ? headlines.ruleWarning(facts) : headlines.ruleCritical(facts)
}

/** What was found against the limit: `2.4 s, limit 2 s`; since when there is no data; empty where there is no figure. */
export function tellFigure(rule: RuleMessage, { project }: MessageData, words: Words): string {
  const { value, limit, unit, noDataSince, startedAt } = rule
  const say = (figure: number) => formatValue(figure, unit, words.locale)
  if (value !== null) return words.figure(say(value), limit === null ? null : say(limit))
  if (noDataSince === null) return ''
  return words.noData(formatBriefIn(project.timeZone, fromIso(noDataSince), fromIso(startedAt), words.locale))
}

type RuleLine = [label: string, value: string, url?: string]

/** Which rule and group; where no incident tells how bad it is, the page of the rule does. */
export function writeRuleLines(rule: RuleMessage, isAlone: boolean, words: Words): RuleLine[] {
  const groups = [rule.group, ...rule.otherGroups].filter((group) => group !== '')
  const shown = groups.slice(0, GROUPS_SHOWN).map((group) => toOneLine(group, 60))
  const rest = groups.length - shown.length
  const lines: RuleLine[] = isAlone ? [[words.labels.severity, words.tones[rule.level ?? 'normal']]] : []
  lines.push([words.labels.rule, rule.name, rule.pageUrl])
  if (groups.length > 0)
    lines.push([words.labels.group, `${shown.join(', ')}${rest > 0 ? ` ${words.andMore(rest)}` : ''}`])
  const others = rule.otherRules ?? []
  if (others.length > 0) lines.push([words.labels.alsoAffected, others.map((name) => toOneLine(name, 60)).join(', ')])
  return lines
}

const GROUPS_SHOWN = 10

function nameRule({ name, group, otherGroups }: RuleMessage): string {
  const more = otherGroups.length > 0 ? ` +${otherGroups.length}` : ''
  return toOneLine(group === '' ? name : `${name} (${toOneLine(group, 60)}${more})`, 120)
}
