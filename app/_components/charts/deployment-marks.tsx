import type { Instant } from '../../../lib/domain/time/instant.ts'
import type { DeploymentMark } from './types.ts'

/** Deployments as dashed lines with a foot on the time axis; what changed is the first question when something breaks. */
export function DeploymentMarks(props: {
  deployments: readonly DeploymentMark[]
  range: { fromAt: Instant; toAt: Instant }
}) {
  const { fromAt, toAt } = props.range
  return props.deployments
    .filter(({ at }) => at >= fromAt && at <= toAt)
    .map(({ at, name }) => (
      <div
        key={`${at} ${name}`}
        title={name}
        className="absolute inset-y-0 border-l border-dashed border-ink-faint"
        style={{ left: `${((at - fromAt) / (toAt - fromAt)) * 100}%` }}
      >
        <svg aria-hidden="true" viewBox="0 0 8 6" className="absolute -bottom-1.5 -left-1 h-1.5 w-2">
          <path d="M4 0 8 6H0z" fill="var(--ink-muted)" />
        </svg>
      </div>
    ))
}
