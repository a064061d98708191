import { crossedLimit, type KpiFigure } from '../kpi/figure.ts'
import type { KpiFault } from '../kpi/reading.ts'
import { toIso } from '../time/instant.ts'
import type { Locale } from '../time/locale.ts'
import type { LocalDate } from '../time/zoned.ts'
import type { MessageData } from './message.ts'

/** The figures of the business on one morning, frozen when they are decided. Part of the body of a webhook; instants are RFC 3339. */
export interface KpiDigest {
  /** The project's local day. */
  day: LocalDate
  pageUrl: string
  figures: DigestFigure[]
}

export interface DigestFigure {
  key: string
  name: string
  unit: string
  value: number | null
  valueAt: string | null
  /** A day before. */
  beforeValue: number | null
  limit: 'below' | 'above' | null
  fault: KpiFault | null
}

interface ProjectFacts {
  slug: string
  name: string
  timeZone: string
  locale: Locale
}

/** A message of a hundred figures is read by nobody, and Slack takes no more of its blocks either. */
const FIGURES_MAX = 50

/** The facts of one digest. Describes no incident and no monitor. */
export function composeDigest(
  { slug, name, timeZone, locale }: ProjectFacts,
  day: LocalDate,
  figures: readonly KpiFigure[],
  baseUrl: string,
): MessageData {
  return {
    project: { slug, name, timeZone, locale },
    incident: null,
    monitor: null,
    alsoAffected: [],
    evidence: [],
    toldTo: [],
    lastDeployment: null,
    kpis: { day, pageUrl: `${baseUrl}/${slug}/kpis`, figures: figures.slice(0, FIGURES_MAX).map(toDigestFigure) },
  }
}

function toDigestFigure(figure: KpiFigure): DigestFigure {
  const { key, name, unit, value, valueAt, beforeValue, fault } = figure
  return {
    key,
    name,
    unit,
    value,
    valueAt: valueAt === null ? null : toIso(valueAt),
    beforeValue,
    limit: crossedLimit(value, figure),
    fault,
  }
}
