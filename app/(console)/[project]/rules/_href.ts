import { fieldsAbout, type LookedAt } from '@/lib/commands/rule/rule-link.ts'
import type { Panel, Source } from '@/lib/domain/series/panel.ts'

/** The editor, filled in for a rule about a figure that somebody looks at. */
export function alertOnHref(slug: string, figure: LookedAt): string {
  return `/${slug}/rules/new?${new URLSearchParams(fieldsAbout(figure))}`
}

/** The same for a figure of a dashboard, with its limits where it has some. */
export function alertOnPanelHref(slug: string, { limits, scale }: Panel, source: Source): string {
  // What is shown is the stored value times the scale; fifteen digits are what a number holds for sure.
  const stored = (shown: number | null | undefined) => (shown == null ? null : Number((shown / scale).toPrecision(15)))
  return alertOnHref(slug, {
    source,
    operator: limits?.direction ?? 'above',
    critical: stored(limits?.critical),
    warning: stored(limits?.warning),
  })
}
