import type { Locale } from '../time/locale.ts'
import type { Change } from './compare.ts'

/** `better` than `before`, which is shown beside it; null where there is nothing to compare with. */
export interface HeadlineFacts {
  name: string
  uptime: string
  before: { change: 'better' | 'worse' | 'same'; uptime: string } | null
  incidents: number
  critical: number
  isSoFar: boolean
}

/** All that a weekly report says, written by hand in each language; figures arrive formatted. */
export interface ReportWords {
  locale: Locale
  subject(facts: { name: string; uptime: string; incidents: number; days: string; isSoFar: boolean }): string
  subjectWithoutData(facts: { name: string; days: string }): string
  kicker(name: string, days: string, isSoFar: boolean): string
  headline(facts: HeadlineFacts): string
  headlineWithoutData: string
  notes: {
    soFar(moment: string): string
    clockChange(hours: number): string
    gaps(coverage: string): string
    maintenance(checks: number): string
  }
  figures: {
    title: string
    columns: { figure: string; week: string; before: string; change: string; weekSoFar: string; beforeSoFar: string }
    uptime: string
    coverage(share: string): string
    average: string
    p95: string
    p95Note: string
    errors: string
    errorsNote: string
    critical: string
    major: string
    minor: string
    acknowledge: string
    resolve: string
    medianNote: string
    deployments: string
    deploymentsNote: string
    deploymentCounts(succeeded: string, failed: string): string
    satisfaction: string
    /** `before` is null when nobody had ever been asked in the week before. */
    answers(count: number, before: number | null): string
    ofFive(rating: string): string
    notConnected: string
    none: string
  }
  /** `same` when the figures read alike, `similar` when they differ by no more than noise. */
  changes: Record<Change | 'similar', string>
  uptimePlot: { title(lowest: { day: string; uptime: string } | null): string; alt: string; axisTop: string }
  latencyPlot: { title(slowest: { day: string; p95: string } | null): string; alt: string; p50: string; p95: string }
  /** One day in an alternative text: `Mon 9 Nov 99.95%`. */
  noData: string
  colon: string
  monitors: {
    title(shown: number, total: number): string
    columns: { name: string; uptime: string; p95: string; errors: string; change: string }
    /** In place of "no week before", for a monitor that was not there. */
    isNew: string
    more(count: number): string
    coverage(share: string): string
  }
  incidents: {
    title: string
    none: string
    more(count: number): string
    lasted(duration: string): string
    lasting: string
    classes: { P0: string; P1: string; P2: string; P3: string }
  }
  button: string
  footer: { span(from: string, until: string): string; monday: string; onRequest(by: string): string }
}
