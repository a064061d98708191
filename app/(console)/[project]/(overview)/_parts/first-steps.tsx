import { useTranslations } from 'next-intl'
import { ButtonLink } from '@/app/_components/ui/button.tsx'
import { Icon } from '@/app/_components/ui/icon.tsx'
import { Section } from '@/app/_components/ui/page-header.tsx'
import type { Overview } from '@/lib/queries/overview.ts'

/** Three steps from nothing to being paged, ticked by what exists. The first that is open has the button. */
export function FirstSteps(props: {
  steps: NonNullable<Overview['steps']>
  projectSlug: string
  mayConfigure: boolean
}) {
  const t = useTranslations('overview.steps')
  const { hasMonitor, hasChannel, hasDelivered } = props.steps
  const steps = [
    { key: 'monitor', isDone: hasMonitor, href: `/${props.projectSlug}/monitors/new` },
    { key: 'channel', isDone: hasChannel, href: `/${props.projectSlug}/channels` },
    { key: 'test', isDone: hasDelivered, href: `/${props.projectSlug}/channels` },
  ] as const
  const current = steps.find((step) => !step.isDone)
  return (
    <Section title={t('title')} description={props.mayConfigure ? undefined : t('askAdmin')}>
      <ol className="divide-y divide-line rounded-lg border border-line">
        {steps.map((step, index) => (
          <li key={step.key} className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2">
            <span
              aria-hidden="true"
              className={`flex size-5 items-center justify-center rounded-full text-xs font-semibold ${step.isDone ? 'bg-up-subtle text-up' : 'border border-line-strong text-ink-muted'}`}
            >
              {step.isDone ? <Icon name="check" className="size-3" /> : index + 1}
            </span>
            <span className={`min-w-0 flex-1 ${step.isDone ? 'text-ink-muted' : ''}`}>
              <span className="font-medium">{t(`${step.key}.title`)}</span>{' '}
              <span className="text-ink-muted max-sm:block">{step.isDone ? t('done') : t(`${step.key}.text`)}</span>
            </span>
            {props.mayConfigure && step === current && (
              <ButtonLink href={step.href} size="small">
                {t(`${step.key}.action`)}
              </ButtonLink>
            )}
          </li>
        ))}
      </ol>
    </Section>
  )
}
