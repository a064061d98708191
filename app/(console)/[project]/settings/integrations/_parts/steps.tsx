import { useTranslations } from 'next-intl'
import { CopyButton } from '@/app/_components/ui/copy-button.client.tsx'
import type { IntegrationKind } from '@/lib/domain/deployment/integration.ts'

/** The events to ask for, by the platform's own names; none where it sends all of them. */
const EVENTS: Record<IntegrationKind, readonly string[]> = {
  vercel: [
    'deployment.created',
    'deployment.ready',
    'deployment.succeeded',
    'deployment.error',
    'deployment.canceled',
    'deployment.promoted',
  ],
  railway: [],
  github: ['Deployments', 'Deployment statuses'],
  sentry: ['issue', 'error'],
}

const STEPS = ['open', 'address', 'events', 'secret'] as const

/** What to do on the platform, in its own words, with the address to paste. */
export function Steps({ kind, address }: { kind: IntegrationKind; address: string }) {
  const t = useTranslations('integrations.steps')
  const words = useTranslations('words')
  return (
    <ol className="flex max-w-2xl list-decimal flex-col gap-3 pl-5">
      {STEPS.map((step) => (
        <li key={step}>
          {t(`${kind}.${step}`)}
          {step === 'address' && (
            <span className="mt-1 flex flex-wrap items-center gap-2">
              <code className="min-w-0 font-mono text-sm [overflow-wrap:anywhere]">{address}</code>
              {kind !== 'railway' && <CopyButton text={address} label={words('copy')} copiedLabel={words('copied')} />}
            </span>
          )}
          {step === 'events' && EVENTS[kind].length > 0 && (
            <span className="mt-1 flex flex-wrap gap-x-3 gap-y-1">
              {EVENTS[kind].map((event) => (
                <code key={event} className="font-mono text-sm">
                  {event}
                </code>
              ))}
            </span>
          )}
        </li>
      ))}
    </ol>
  )
}
