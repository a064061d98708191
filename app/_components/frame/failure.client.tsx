'use client'
import { useSyncExternalStore } from 'react'
import en from '../../../messages/en/errors.json'
import fr from '../../../messages/fr/errors.json'
import { buttonClass } from '../ui/button-style.ts'

const never = () => () => {}

/**
 * What stands in place of a page that failed. It brings its own few words in both languages: whatever provides texts may be
 * the very thing that failed. The language is the document's.
 */
export function Failure({
  error,
  retry,
  isInFrame = false,
}: {
  error: unknown
  retry: () => void
  /** Inside of the frame, which has the page's `main` already. */
  isInFrame?: boolean
}) {
  const Root = isInFrame ? 'div' : 'main'
  const language = useSyncExternalStore(
    never,
    () => document.documentElement.lang,
    () => 'en',
  )
  const texts = (language === 'fr' ? fr : en).failed
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : null
  return (
    <Root className="mx-auto flex min-h-[70dvh] max-w-xl flex-col justify-center gap-4 px-6">
      <h1 className="text-xl font-semibold tracking-tight">{texts.title}</h1>
      <p className="text-ink-muted">
        {texts.text} <code className="font-mono text-ink">{digest ?? '–'}</code>
      </p>
      <div className="flex gap-2">
        <button type="button" onClick={retry} className={buttonClass('primary')}>
          {texts.retry}
        </button>
        <a href="/" className={buttonClass('secondary')}>
          {texts.home}
        </a>
      </div>
    </Root>
  )
}
