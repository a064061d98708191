import { formatChange, formatFigure } from '../kpi/format-figure.ts'
import { formatBriefIn, formatDateIn } from '../time/format-zoned.ts'
import { fromIso } from '../time/instant.ts'
import type { Locale } from '../time/locale.ts'
import type { DigestFigure } from './digest.ts'
import type { MessageData, OutgoingMessage } from './message.ts'
import { toOneLine } from './one-line.ts'

const NBSP = '\u00a0'
/** So many figures stand in the subject; the rest is in the table. */
const HEADLINE_FIGURES = 3

interface DigestWords {
  button: string
  colon: string
  change(text: string): string
  unchanged: string
  none: string
  below: string
  above: string
  /** The value shown is an older one. */
  failed(at: string): string
  failedBefore: string
  more(count: number): string
  nothing: string
  failedNote(names: string): string
}

const WORDS: Record<Locale, DigestWords> = {
  en: {
    button: 'Open the KPIs',
    colon: ':',
    change: (text) => `${text} since yesterday`,
    unchanged: 'as yesterday',
    none: 'no figure yet',
    below: 'below its limit',
    above: 'above its limit',
    failed: (at) => `of ${at}: the last query failed`,
    failedBefore: 'the query failed',
    more: (count) => `${count} more`,
    nothing: 'no KPI yet',
    failedNote: (names) => `No new figure of ${names}: the query failed. The page says why.`,
  },
  fr: {
    button: 'Ouvrir les indicateurs',
    colon: `${NBSP}:`,
    change: (text) => `${text} depuis hier`,
    unchanged: 'comme hier',
    none: 'pas encore de chiffre',
    below: 'sous sa limite',
    above: 'au-dessus de sa limite',
    failed: (at) => `du ${at}${NBSP}: la dernière requête a échoué`,
    failedBefore: 'la requête a échoué',
    more: (count) => (count === 1 ? '1 autre' : `${count} autres`),
    nothing: 'aucun indicateur encore',
    failedNote: (names) => `Pas de nouveau chiffre pour ${names}${NBSP}: la requête a échoué. La page dit pourquoi.`,
  },
}

/** `Token4Good, Sat 21 Nov 2026 · Active users: 1,234 · Tokens: 560 · 2 more`: the figures themselves, since that is what is asked. */
export function writeDigestHeadline({ data, timestamp }: OutgoingMessage): string {
  const { name, timeZone, locale } = data.project
  const words = WORDS[locale]
  const figures = data.kpis?.figures ?? []
  const shown = figures.slice(0, HEADLINE_FIGURES).map(({ name: kpi, value, unit }) => {
    // `Orders: 40`, not `Orders: 40 orders`.
    const isSaid = kpi.toLowerCase().includes(unit.toLowerCase())
    const figure = value === null ? words.none : formatFigure(value, isSaid ? '' : unit, locale)
    return `${toOneLine(kpi, 40)}${words.colon} ${figure}`
  })
  const rest = figures.length - shown.length
  const date = formatDateIn(timeZone, fromIso(timestamp), locale)
  const listed = shown.length === 0 ? [words.nothing] : [...shown, ...(rest > 0 ? [words.more(rest)] : [])]
  return [`${toOneLine(name, 60)}, ${date}`, ...listed].join(' · ')
}

/** What is wrong with the figures themselves. */
export function writeDigestNotes({ kpis, project }: MessageData): string[] {
  const failed = (kpis?.figures ?? []).filter(({ fault }) => fault !== null)
  if (failed.length === 0) return []
  return [WORDS[project.locale].failedNote(failed.map(({ name }) => toOneLine(name, 60)).join(', '))]
}

/** One line a figure: its value, what changed since yesterday, and what is worth a look. */
export function writeDigestLines({ data, timestamp }: OutgoingMessage): { label: string; value: string }[] {
  const { timeZone, locale } = data.project
  const brief = (iso: string) => formatBriefIn(timeZone, fromIso(iso), fromIso(timestamp), locale)
  return (data.kpis?.figures ?? []).map((figure) => ({
    label: toOneLine(figure.name, 80),
    value: writeFigure(figure, locale, brief),
  }))
}

export function writeDigestButton({ kpis, project }: MessageData): { label: string; url: string } | null {
  return kpis === undefined ? null : { label: WORDS[project.locale].button, url: kpis.pageUrl }
}

function writeFigure(figure: DigestFigure, locale: Locale, brief: (iso: string) => string): string {
  const words = WORDS[locale]
  const { value, valueAt, beforeValue, unit, fault, limit } = figure
  if (value === null) return fault === null ? words.none : words.failedBefore
  const shown = formatFigure(value, unit, locale)
  if (fault !== null && valueAt !== null) return `${shown} (${words.failed(brief(valueAt))})`
  const change = beforeValue === null ? null : formatChange(value, beforeValue, locale)
  const remarks = [
    ...(beforeValue === null ? [] : [change === null ? words.unchanged : words.change(change)]),
    ...(limit === null ? [] : [words[limit]]),
  ]
  return remarks.length === 0 ? shown : `${shown} (${remarks.join(', ')})`
}
