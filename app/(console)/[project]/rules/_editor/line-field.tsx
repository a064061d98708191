import { useTranslations } from 'next-intl'
import { TextareaField } from '@/app/_components/ui/textarea-field.tsx'
import type { RuleDraft } from '@/lib/commands/rule/rule-draft.ts'

const EXAMPLES = [
  'p95(http.server.request.duration{http.route="/checkout"}) by (http.route) > 2s for 5m [warn > 500ms]',
  'sum(http.server.requests{http.response.status_class="5xx"}) / sum(http.server.requests) > 1% over 5m for 5m',
  'count(business.signups) over 1h < 0.5x usual',
  'unusual(avg(queue.length))',
]

/** The rule in one line, as it stands in a file; what a sentence has no room for can be said here. */
export function LineField(props: { draft: RuleDraft; error: string | undefined; wantsSentence: boolean }) {
  const t = useTranslations('rules.editor')
  return (
    <div className="flex flex-col gap-2">
      <TextareaField
        name="line"
        label={t('line')}
        hint={t('lineHint')}
        error={props.error}
        defaultValue={props.draft.line}
        key={props.draft.mode}
        rows={2}
        mono
        spellCheck={false}
      />
      {props.wantsSentence && <p className="text-sm text-degraded">{t('noSentence')}</p>}
      <details className="text-sm">
        <summary className="text-ink-muted underline decoration-line-strong underline-offset-4 hover:text-ink">
          {t('examples')}
        </summary>
        <ul className="mt-2 flex flex-col gap-1 font-mono text-xs">
          {EXAMPLES.map((example) => (
            <li key={example} className="[overflow-wrap:anywhere]">
              {example}
            </li>
          ))}
        </ul>
      </details>
    </div>
  )
}
