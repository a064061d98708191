import type { SloSpec } from '../../domain/slo/slo.ts'
import type { OpenSloSyntax } from '../../ports/openslo.ts'
import { burnRulesOf } from './burn-rules.ts'

/** SLOs as OpenSLO, each with the alerts that "alert on burn rate" makes for it. */
export function exportSlos(syntax: Pick<OpenSloSyntax, 'write'>, slos: readonly SloSpec[]): string {
  const alerts = slos.flatMap((slo) =>
    burnRulesOf(slo).flatMap(({ key, condition }) => {
      if (condition.kind !== 'burn_rate') return []
      const severity = condition.level === 'critical' ? ('page' as const) : ('ticket' as const)
      return condition.windows.map(({ factor, longMs }, index) => ({
        slo: slo.key,
        name: `${key.slice(0, 60)}-${index + 1}`,
        severity,
        factor,
        longMs,
        forMs: 0,
      }))
    }),
  )
  return syntax.write({ slos: [...slos], alerts })
}
