import type { Locale } from '../time/locale.ts'

/** A weekly report in one language, ready to be laid out. Whoever renders it decides nothing but the form. */
export interface ReportText {
  locale: Locale
  /** With the space that French sets before it. */
  colon: string
  subject: string
  /** What an inbox shows beside the subject: further facts, not the same again. */
  preview: string
  /** Whose report, of which days. */
  kicker: string
  /** The week in one sentence. */
  headline: string
  /** What one must know to read the figures rightly: an unfinished week, a clock change, gaps. */
  notes: string[]
  figures: { title: string; columns: [string, string, string, string]; rows: FigureRow[] }
  uptimePlot: UptimePlotText
  latencyPlot: LatencyPlotText
  monitors: {
    title: string
    columns: [string, string, string, string, string]
    rows: MonitorRow[]
    more: string | null
  }
  incidents: { title: string; rows: IncidentRow[]; more: string | null; none: string | null }
  button: string
  footer: string[]
}

/** State is shape, word and colour together: the tone never stands alone. */
export interface ChangeText {
  mark: '▲' | '▼' | '=' | ''
  word: string
  tone: 'good' | 'bad' | 'neutral'
}

export interface FigureRow {
  label: string
  /** A second, quieter line under the label. */
  note: string | null
  value: string
  before: string
  change: ChangeText
  /** False for a place whose data has no source yet. */
  isConnected: boolean
}

export interface MonitorRow {
  /** Unlike the name, unique in the project. */
  key: string
  name: string
  uptime: string
  /** Set when probes were missed. */
  coverage: string | null
  p95: string
  errors: string
  change: ChangeText
}

export interface IncidentRow {
  title: string
  detail: string
  isCritical: boolean
}

/** A plot with the finding as its title, and an `alt` that tells a reader without pictures all that the picture shows. */
interface PlotText {
  /** What is drawn, quieter than the finding. */
  label: string
  title: string
  alt: string
  /** Shown in a column without measurements. */
  noData: string
}

export interface UptimePlotText extends PlotText {
  axisTop: string
  days: { label: string; value: string; downShare: number | null }[]
}

export interface LatencyPlotText extends PlotText {
  /** Names at the ends of the two lines. */
  p50Label: string
  p95Label: string
  days: { label: string; p50Ms: number | null; p95Ms: number | null }[]
}
