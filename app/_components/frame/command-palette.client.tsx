'use client'
import { useEffect, useRef } from 'react'
import { Icon } from '../ui/icon.tsx'
import { PaletteForm, type PaletteFormHandle } from './palette-form.client.tsx'
import type { PaletteItem } from './palette-matches.ts'

export type PaletteTexts = Record<
  'open' | 'title' | 'placeholder' | 'none' | 'loading' | 'failed' | 'results' | 'close',
  string
>

/**
 * ⌘K or Ctrl K: go to a page or a monitor by typing a part of its name. Pages come with the frame; monitors are fetched from
 * `itemsHref` (JSON `PaletteItem[]`) when it is first opened.
 */
export function CommandPalette(props: { pages: readonly PaletteItem[]; itemsHref: string; texts: PaletteTexts }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const form = useRef<PaletteFormHandle>(null)

  function open() {
    form.current?.start()
    dialog.current?.showModal()
  }

  useShortcut(open)
  return (
    <>
      <button
        type="button"
        onClick={open}
        aria-haspopup="dialog"
        className="flex h-8 items-center gap-2 rounded-md border border-line-strong bg-surface px-2 text-sm text-ink-muted hover:bg-subtle"
      >
        <Icon name="search" />
        <span className="max-sm:sr-only">{props.texts.open}</span>
        <span aria-hidden="true" className="text-xs text-ink-faint max-lg:hidden">
          ⌘K
        </span>
      </button>
      <dialog
        ref={dialog}
        aria-label={props.texts.title}
        closedby="any"
        className="mx-auto mt-[12dvh] w-[min(36rem,calc(100vw-2rem))] overflow-hidden rounded-lg border border-line-strong"
      >
        <PaletteForm ref={form} {...props} onDone={() => dialog.current?.close()} />
      </dialog>
    </>
  )
}

function useShortcut(open: () => void): void {
  const latest = useRef(open)
  useEffect(() => {
    latest.current = open
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isShortcut = event.key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey)
      if (!isShortcut || document.querySelector('dialog[open]')) return
      event.preventDefault()
      latest.current()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
