import { Notice } from '@/app/_components/ui/notice.tsx'
import { checkSlo, findingSentence } from '@/lib/domain/slo/check.ts'
import { budgetSentence } from '@/lib/domain/slo/describe.ts'
import type { SloSpec, SloWindow } from '@/lib/domain/slo/slo.ts'
import { DAY, MINUTE } from '@/lib/domain/time/instant.ts'
import type { Locale } from '@/lib/domain/time/locale.ts'
import type { SloFormValues } from './form-values.ts'

/** What the target allows and what cannot work, of what stands in the form now. Nothing while it makes no sense. */
export function Arithmetic(props: {
  kind: SloSpec['indicator']['kind']
  typed: SloFormValues
  monitors: readonly { key: string; tags: readonly string[]; intervalSeconds: number }[]
  chosen: readonly string[]
  locale: Locale
}) {
  const { kind, typed, locale } = props
  const target = Number((Number(typed.target.replace(',', '.').replace('%', '')) / 100).toPrecision(12))
  if (!(target > 0 && target < 1)) return null
  const window = readWindow(typed)
  const slice = typed.method === 'occurrences' ? null : { lengthMs: Number(typed.sliceMinutes) * MINUTE, target: 1 }
  const indicator = { kind } as SloSpec['indicator']
  const method = typed.method as SloSpec['method']
  const findings = checkSlo({ target, window, slice, indicator, method }, { probesADay: probesOf(props) })
  return (
    <div className="flex flex-col gap-2" aria-live="polite">
      <p className="font-medium tabular-nums">{budgetSentence({ target, window, indicator }, locale)}</p>
      {findings.map((finding) => (
        <Notice key={`${finding.code}${'longMs' in finding ? finding.longMs : ''}`} tone={finding.level}>
          {findingSentence(finding, target, locale)}
        </Notice>
      ))}
    </div>
  )
}

function readWindow({ window, timeZone }: SloFormValues): SloWindow {
  if (/^\d+$/.test(window)) return { kind: 'rolling', days: Number(window) }
  return { kind: 'calendar', unit: window as 'week', timeZone }
}

/** Of all monitors, or those of the tag; which ones are ticked is checked when it is saved. */
function probesOf({ kind, typed: { scope }, monitors, chosen }: Parameters<typeof Arithmetic>[0]): number | null {
  if (kind !== 'availability') return null
  const counted = monitors.filter(
    ({ key, tags }) =>
      scope === 'all' || (scope === 'chosen' ? chosen.includes(key) : tags.includes(scope.slice('tag:'.length))),
  )
  return counted.reduce((sum, { intervalSeconds }) => sum + DAY / (intervalSeconds * 1_000), 0) || null
}
