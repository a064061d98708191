import { useLocale } from 'next-intl'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { checkSlo, findingSentence } from '@/lib/domain/slo/check.ts'
import type { Slo } from '@/lib/domain/slo/slo.ts'

/** What the alerts of an SLO cannot do, with the arithmetic. */
export function Findings({ slo }: { slo: Slo }) {
  const locale = useLocale()
  return checkSlo(slo, { probesADay: null }).map((finding) => (
    <Notice key={`${finding.code}${'longMs' in finding ? finding.longMs : ''}`} tone="warning">
      {findingSentence(finding, slo.target, locale)}
    </Notice>
  ))
}
