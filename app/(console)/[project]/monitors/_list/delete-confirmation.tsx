import { useTranslations } from 'next-intl'
import { ActionForm } from '@/app/_components/ui/action-form.client.tsx'
import { ButtonLink } from '@/app/_components/ui/button.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import { deleteMonitors } from '../actions.ts'

/** The question before monitors are deleted, on the page itself: it has an address, and needs no script. */
export function DeleteConfirmation(props: {
  projectSlug: string
  monitors: readonly { id: string; name: string }[]
  cancelHref: string
}) {
  const t = useTranslations('monitors.delete')
  const count = props.monitors.length
  return (
    <section aria-labelledby="delete-title" className="rounded-lg border border-line-strong bg-raised p-5">
      <ActionForm action={deleteMonitors} className="flex flex-col gap-3">
        <h2 id="delete-title" className="text-lg font-semibold">
          {t('title', { count, name: props.monitors[0]?.name ?? '' })}
        </h2>
        {count > 1 && <p className="[overflow-wrap:anywhere]">{props.monitors.map(({ name }) => name).join(', ')}</p>}
        <p className="max-w-[72ch] text-ink-muted">{t('lost', { count })}</p>
        <input type="hidden" name="project" value={props.projectSlug} />
        {props.monitors.map(({ id }) => (
          <input key={id} type="hidden" name="monitor" value={id} />
        ))}
        <div className="flex gap-2">
          <SubmitButton variant="danger" pendingLabel={t('deleting')}>
            {t('confirm', { count })}
          </SubmitButton>
          <ButtonLink href={props.cancelHref} scroll={false}>
            {t('keep')}
          </ButtonLink>
        </div>
      </ActionForm>
    </section>
  )
}
