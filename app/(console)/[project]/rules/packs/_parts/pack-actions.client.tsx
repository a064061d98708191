'use client'
import { useActionState } from 'react'
import { Notice } from '@/app/_components/ui/notice.tsx'
import { SubmitButton } from '@/app/_components/ui/submit-button.client.tsx'
import { changePack } from '../actions.ts'

export interface PackButton {
  op: 'install' | 'upgrade' | 'uninstall'
  label: string
  pendingLabel: string
}

/** The buttons of a pack or guide, and what became of the last press with the way back from it. Works without script. */
export function PackActions(props: {
  slug: string
  choice: { pack: string } | { guide: string }
  /** For screen readers: which pack a button is about. */
  name: string
  buttons: readonly PackButton[]
  undoLabel: string
  removeChangedLabel: string
}) {
  const [result, action] = useActionState(changePack.bind(null, props.slug), null)
  const undo = result?.undo ?? null
  const changedKeys = result?.changedKeys ?? []
  return (
    <form action={action} aria-label={props.name} className="flex max-w-full flex-col gap-3 sm:items-end">
      {Object.entries(props.choice).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {undo !== null && <input type="hidden" name="undoKeys" value={undo.keys.join(',')} />}
      {changedKeys.length > 0 && <input type="hidden" name="changedKeys" value={changedKeys.join(',')} />}
      <div className="flex flex-wrap gap-2">
        {props.buttons.map(({ op, label, pendingLabel }) => (
          <SubmitButton key={op} name="op" value={op} variant="secondary" pendingLabel={pendingLabel}>
            {label}
          </SubmitButton>
        ))}
      </div>
      <div role="status" className="max-w-md empty:hidden">
        {result !== null && (
          <Notice tone={result.tone}>
            <p>{result.message}</p>
            {(undo !== null || changedKeys.length > 0) && (
              <div className="mt-2 flex flex-wrap gap-2">
                {undo !== null && (
                  <SubmitButton name="op" value={undo.op} variant="secondary" size="small">
                    {props.undoLabel}
                  </SubmitButton>
                )}
                {changedKeys.length > 0 && (
                  <SubmitButton name="op" value="remove_changed" variant="danger" size="small">
                    {props.removeChangedLabel}
                  </SubmitButton>
                )}
              </div>
            )}
          </Notice>
        )}
      </div>
    </form>
  )
}
