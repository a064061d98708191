import { useTranslations } from 'next-intl'
import type { FindingKind } from '@/lib/domain/database/findings.ts'
import { RUNBOOK_PARTS, RUNBOOK_SQL, type RunbookPart } from './runbook-sql.ts'
import { SqlBlock } from './sql-block.tsx'

/** More steps than any runbook has. */
const STEPS = [1, 2, 3, 4, 5] as const

/** What to look at and what to do, behind a line that names it. */
export function Runbook({ kind, label }: { kind: FindingKind; label: string }) {
  const t = useTranslations('runbooks')
  return (
    <details className="text-sm">
      <summary className="inline-flex rounded-sm text-ink-muted underline decoration-line-strong underline-offset-4 hover:text-ink">
        {label}
      </summary>
      <div className="mt-3 flex max-w-[80ch] flex-col gap-4 border-l border-line pl-4">
        {RUNBOOK_PARTS.map((part) => (
          <div key={part}>
            <p className="font-medium">{t(`parts.${part}`)}</p>
            <Steps kind={kind} part={part} />
          </div>
        ))}
      </div>
    </details>
  )
}

function Steps({ kind, part }: { kind: FindingKind; part: RunbookPart }) {
  const t = useTranslations('runbooks')
  const steps = STEPS.filter((step) => t.has(`${kind}.${part}.${step}` as never))
  return (
    <ol className="mt-1 flex list-decimal flex-col gap-2 pl-5">
      {steps.map((step) => {
        const sql = RUNBOOK_SQL[kind][`${part}.${step}`]
        return (
          <li key={step}>
            {t(`${kind}.${part}.${step}` as never)}
            {sql !== undefined && <SqlBlock>{sql}</SqlBlock>}
          </li>
        )
      })}
    </ol>
  )
}
