import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { ActionForm } from '@/app/_components/ui/action-form.client.tsx'
import { ConfirmButton } from '@/app/_components/ui/confirm-button.client.tsx'
import { KeyValueList } from '@/app/_components/ui/key-value-list.tsx'
import { Section } from '@/app/_components/ui/page-header.tsx'
import { RelativeTime } from '@/app/_components/ui/relative-time.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import type { Instant } from '@/lib/domain/time/instant.ts'
import type { ChannelView } from '@/lib/queries/channels.ts'
import { DeliveryStatus } from '../../deliveries/_parts/delivery-status.tsx'
import { enable, remove, test } from '../actions.ts'
import { TestButton } from './test-button.client.tsx'

/** Beside the form: where messages end up, what became of the last one, and the test. */
export function ChannelSide(props: {
  channel: ChannelView
  slug: string
  now: Instant
  timeZone: string
  mayChange: boolean
}) {
  const { channel, slug, mayChange } = props
  const t = useTranslations('channels')
  return (
    <div className="flex min-w-0 flex-col gap-8">
      <Section title={t('side.title')}>
        <div className="[&_dl>div]:sm:grid-cols-1">
          <KeyValueList
            items={[
              { key: t('side.destination'), value: t(`destination.${channel.destination}`, { kind: channel.kind }) },
              { key: t('columns.last'), value: <Last {...props} /> },
              { key: t('side.monitors'), value: t('side.naming', { count: channel.monitorsNaming }) },
            ]}
          />
        </div>
        <Link
          href={`/${slug}/deliveries?channel=${channel.id}`}
          prefetch={false}
          className="self-start underline underline-offset-4"
        >
          {t('side.all')}
        </Link>
      </Section>
      {mayChange && (
        <Section title={t('test.title')} description={t('test.lead')}>
          <TestButton
            action={test.bind(null, slug, channel.id)}
            label={t('test.send')}
            pendingLabel={t('test.sending')}
          />
        </Section>
      )}
      {mayChange && <Switches channel={channel} slug={slug} />}
    </div>
  )
}

function Last({
  channel,
  slug,
  now,
  timeZone,
}: {
  channel: ChannelView
  slug: string
  now: Instant
  timeZone: string
}) {
  const t = useTranslations('channels')
  const last = channel.lastNotification
  if (last === null) return <span className="text-ink-muted">{t('never')}</span>
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <Link href={`/${slug}/deliveries/${last.id}`} prefetch={false} className="underline underline-offset-4">
        <DeliveryStatus status={last.status} attempt={0} isInOutbox={last.isInOutbox} />
      </Link>
      <RelativeTime at={last.createdAt} now={now} timeZone={timeZone} />
    </span>
  )
}

function Switches({ channel, slug }: { channel: ChannelView; slug: string }) {
  const t = useTranslations('channels')
  return (
    <Section title={t('switches.title')} description={t(channel.enabled ? 'switches.on' : 'switches.off')}>
      <div className="flex flex-wrap gap-2">
        <ActionForm action={enable.bind(null, slug, channel.id, !channel.enabled)}>
          <SubmitButton variant="secondary">{t(channel.enabled ? 'switches.disable' : 'switches.enable')}</SubmitButton>
        </ActionForm>
        <ConfirmButton
          label={t('delete.label')}
          title={t('delete.title', { name: channel.name })}
          lost={t('delete.lost', { count: channel.monitorsNaming })}
          confirmLabel={t('delete.confirm')}
          cancelLabel={t('delete.cancel')}
          action={remove.bind(null, slug, channel.id)}
        />
      </div>
    </Section>
  )
}
