import { useTranslations } from 'next-intl'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import type { AlertRule } from '@/lib/domain/rule/rule.ts'
import { enable } from '../actions.ts'

/** Switches a rule off or on from its row; the name is read out, because every row has the same button. */
export function RuleSwitch({ slug, rule }: { slug: string; rule: Pick<AlertRule, 'key' | 'name' | 'enabled'> }) {
  const t = useTranslations('rules.switch')
  return (
    <form action={enable.bind(null, slug, rule.key, !rule.enabled)} className="relative z-10">
      <SubmitButton variant="ghost" size="small">
        {t(rule.enabled ? 'off' : 'on')}
        <span className="sr-only">: {rule.name}</span>
      </SubmitButton>
    </form>
  )
}
