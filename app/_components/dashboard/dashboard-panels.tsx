import type { Panel, PanelPoint, PanelState, Source } from '../../../lib/domain/series/panel.ts'
import type { Instant } from '../../../lib/domain/time/instant.ts'
import { PanelFigure } from './panel-figure.tsx'
import { PanelGrid } from './panel-grid.tsx'

interface Shown<Key extends string> {
  panel: Panel<Key>
  source: Source | null
  points: readonly PanelPoint[]
  current: PanelPoint | null
  state: PanelState | null
}

/** All figures of a dashboard in the order of their definition. */
export function DashboardPanels<Key extends string>(props: {
  panels: readonly Shown<Key>[]
  titles: Record<Key, string>
  range: { fromAt: Instant; toAt: Instant }
  stepMs: number
  timeZone: string
  now: Instant
  /** Address of Explore for a metric and an aggregate. */
  exploreHref: (metric: string, aggregate: string) => string
  /** Address of the editor for a rule about a figure; null for people who make none. */
  alertHref: ((panel: Panel, source: Source) => string) | null
}) {
  return (
    <PanelGrid>
      {props.panels.map(({ panel, source, points, current, state }) => (
        <PanelFigure
          key={panel.key}
          title={props.titles[panel.key]}
          points={points}
          current={current}
          state={state}
          limits={panel.limits}
          unit={panel.unit}
          stepMs={props.stepMs}
          range={props.range}
          timeZone={props.timeZone}
          now={props.now}
          href={source && props.exploreHref(source.of.metric, source.of.aggregate)}
          alertHref={source && (props.alertHref?.(panel, source) ?? null)}
          wanted={panel.sources[0].of.metric}
        />
      ))}
    </PanelGrid>
  )
}
