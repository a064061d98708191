import { formatDuration } from '../time/format-duration.ts'
import { formatBriefIn, formatMomentIn } from '../time/format-zoned.ts'
import { fromIso } from '../time/instant.ts'
import type { Locale } from '../time/locale.ts'
import { writeDigestButton, writeDigestLines, writeDigestNotes } from './digest-text.ts'
import { decisiveEvidence, describeFailure, describeResults } from './failure-text.ts'
import { readTone, writeHeadline } from './headline.ts'
import type { MessageData, OutgoingMessage } from './message.ts'
import { toOneLine } from './one-line.ts'
import { tellFigure, writeRuleLines } from './rule-headline.ts'
import { wordsEn } from './text-en.ts'
import { wordsFr } from './text-fr.ts'
import type { Tone, Words } from './words.ts'

/** One labelled fact. `url` makes the value a link. */
export interface TextLine {
  label: string
  value: string
  url: string | null
}

/**
 * A message in words, before any channel gives it a form. Everything in it follows from the frozen `OutgoingMessage`, and lengths are
 * counted to its `timestamp` and not to the present, so a repetition renders the same bytes.
 */
export interface MessageText {
  locale: Locale
  tone: Tone
  toneWord: string
  /** One line of at most 180 characters: the fact, fit for a mail subject. */
  subject: string
  headline: string
  /** Whole sentences that explain what is unusual: flapping, a mass failure, a test. */
  notes: string[]
  lines: TextLine[]
  /** `03:12:04 down: answered 503 (120 ms)`, oldest first, at most five. */
  results: { label: string; rows: string[] } | null
  /** The one thing to do; null when there is nothing to do. */
  button: { label: string; url: string } | null
  footer: string
  /** Between a label and its value, in this language. */
  colon: string
}

/** A subject is shown to about 70 characters and wrapped from there; this only bounds what a long name can do. */
const SUBJECT_MAX_LENGTH = 180
const NAMES_SHOWN = 10

const WORDS: Record<Locale, Words> = { en: wordsEn, fr: wordsFr }

/** Words of one language, for the channels that need a single word more (`Runbook` on a Slack button). */
export function wordsOf(locale: Locale): Words {
  return WORDS[locale]
}

/** Writes a message in the language of its project. */
export function writeText(message: OutgoingMessage): MessageText {
  const { data } = message
  const words = wordsOf(data.project.locale)
  const tone = readTone(message)
  const headline = writeHeadline(message, words)
  return {
    locale: words.locale,
    tone,
    toneWord: words.tones[tone],
    subject: toOneLine(headline, SUBJECT_MAX_LENGTH),
    headline,
    notes: writeNotes(message, words),
    lines: writeLines(message, words),
    results: describeResults(data, words),
    button: chooseButton(message, words),
    footer: words.footer(toOneLine(data.project.name, 120)),
    colon: words.colon,
  }
}

function writeLines(message: OutgoingMessage, words: Words): TextLine[] {
  if (message.kind === 'test') return []
  if (message.kind === 'kpi.digest') return writeDigestLines(message).map(({ label, value }) => fact(label, value))
  return [...writeTimes(message, words), ...writeContext(message, words)]
}

function writeNotes({ kind, data }: OutgoingMessage, words: Words): string[] {
  if (kind === 'kpi.digest') return writeDigestNotes(data)
  if (kind === 'test') return [words.notes.test(toOneLine(data.project.name, 120))]
  if (kind !== 'incident.triggered' && kind !== 'alert.firing') return []
  const notes: string[] = []
  if (data.rule?.isRepeated === true) notes.push(words.notes.repeated)
  if (data.alsoAffected.length > 0) notes.push(words.notes.massDown)
  if (data.incident?.flapping === true) {
    notes.push(data.rule === undefined ? words.notes.flapping : words.notes.ruleFlapping)
  }
  return notes
}

/** When it began and ended, and what was found against what was asked for. */
function writeTimes({ timestamp, data }: OutgoingMessage, words: Words): TextLine[] {
  const { timeZone } = data.project
  const moment = (iso: string) => formatMomentIn(timeZone, fromIso(iso), words.locale)
  const lines: TextLine[] = []
  const startedAt = data.incident?.startedAt ?? data.rule?.startedAt ?? data.evidence[0]?.at ?? timestamp
  lines.push(fact(words.labels.since, moment(startedAt)))
  const resolvedAt = data.incident?.resolvedAt
  if (resolvedAt != null) {
    lines.push(fact(words.labels.until, moment(resolvedAt)))
    lines.push(fact(words.labels.lasted, formatDuration(fromIso(resolvedAt) - fromIso(startedAt), words.locale)))
  }
  if (data.incident?.acknowledgedAt != null) {
    lines.push(fact(words.labels.acknowledgedAt, moment(data.incident.acknowledgedAt)))
  }
  const failing = decisiveEvidence(data.evidence)
  const found = failing?.failures.slice(0, 3).map((failure) => words.found(shorten(failure))) ?? []
  const figure = data.rule === undefined ? '' : tellFigure(data.rule, data, words)
  if (figure !== '') lines.push(fact(words.labels.found, figure))
  else if (found.length > 0) lines.push(fact(words.labels.found, found.join(' · ')))
  else if (failing !== null) lines.push(fact(words.labels.found, describeFailure(failing, words)))
  return lines
}

/** Whom it concerns and where to look. */
function writeContext({ data }: OutgoingMessage, words: Words): TextLine[] {
  const { incident, monitor, rule, lastDeployment } = data
  const lines: TextLine[] = []
  if (incident !== null) {
    lines.push(fact(words.labels.severity, `${incident.priority}, ${words.severities[incident.severity]}`))
    lines.push(fact(words.labels.incident, `#${incident.number}`, incident.url))
  }
  if (rule !== undefined) lines.push(...writeRuleLines(rule, incident === null, words).map((line) => fact(...line)))
  if (monitor !== null) lines.push(fact(words.labels.monitor, nameMonitor(monitor), monitor.pageUrl))
  if (data.alsoAffected.length > 0) lines.push(fact(words.labels.alsoAffected, listNames(data, words)))
  lines.push(fact(words.labels.project, data.project.name))
  if (data.toldTo.length > 0) lines.push(fact(words.labels.told, data.toldTo.join(', ')))
  if (monitor !== null && monitor.runbookUrl !== '') {
    lines.push(fact(words.labels.runbook, monitor.runbookUrl, monitor.runbookUrl))
  }
  if (rule?.runbook != null && rule.runbook !== '') {
    lines.push(fact(words.labels.runbook, rule.runbook, /^https?:/.test(rule.runbook) ? rule.runbook : null))
  }
  if (lastDeployment !== null) lines.push(fact(words.labels.deployment, tellDeployment(lastDeployment, data, words)))
  return lines
}

function tellDeployment(deployment: { at: string; name: string }, data: MessageData, words: Words): string {
  const deployedAt = fromIso(deployment.at)
  const began = data.incident?.startedAt ?? data.rule?.startedAt
  const startedAt = began === undefined ? deployedAt : fromIso(began)
  // "0 s before" or a deployment after the start would read as nonsense: then only its time is told.
  const before = startedAt - deployedAt >= 1_000 ? formatDuration(startedAt - deployedAt, words.locale) : ''
  return words.deployment(
    deployment.name,
    before,
    formatBriefIn(data.project.timeZone, deployedAt, startedAt, words.locale),
  )
}

/** A heartbeat has no address of its own. */
function nameMonitor(monitor: { name: string; url: string }): string {
  return monitor.url.includes(':') ? `${monitor.name} (${monitor.url})` : monitor.name
}

function listNames({ alsoAffected }: MessageData, words: Words): string {
  const shown = alsoAffected.slice(0, NAMES_SHOWN).map(({ name }) => toOneLine(name, 60))
  const rest = alsoAffected.length - shown.length
  return rest > 0 ? `${shown.join(', ')} ${words.andMore(rest)}` : shown.join(', ')
}

/** One button alone: acknowledge while nobody is on it, else the page to look at. */
function chooseButton({ kind, data, acknowledgeUrl }: OutgoingMessage, words: Words): MessageText['button'] {
  if (kind === 'kpi.digest') return writeDigestButton(data)
  if (kind === 'incident.triggered' && acknowledgeUrl !== null) {
    return { label: words.buttons.acknowledge, url: acknowledgeUrl }
  }
  if (data.incident !== null) return { label: words.buttons.openIncident, url: data.incident.url }
  if (data.rule !== undefined) return { label: words.buttons.openRule, url: data.rule.pageUrl }
  if (data.monitor !== null) return { label: words.buttons.openMonitor, url: data.monitor.pageUrl }
  return null
}

function fact(label: string, value: string, url: string | null = null): TextLine {
  return { label, value: toOneLine(value, 500), url }
}

function shorten(failure: { subject: string; expected: string; got: string }): typeof failure {
  return {
    subject: toOneLine(failure.subject, 80),
    expected: toOneLine(failure.expected, 120),
    got: toOneLine(failure.got, 120),
  }
}
