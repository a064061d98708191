'use client'
import { useRouter } from 'next/navigation'
import { type KeyboardEvent, type Ref, useId, useImperativeHandle, useState } from 'react'
import { Icon } from '../ui/icon.tsx'
import type { PaletteTexts } from './command-palette.client.tsx'
import { optionId, PaletteList } from './palette-list.client.tsx'
import { matchItems, type PaletteItem } from './palette-matches.ts'
import { useLazyItems } from './use-lazy-items.client.ts'

export interface PaletteFormHandle {
  /** Empties the field and fetches what has not been fetched yet. */
  start: () => void
}

/** What stands in the palette's dialog: a field and its matches. Arrow keys and Enter move and choose (ARIA combobox pattern). */
export function PaletteForm(props: {
  ref: Ref<PaletteFormHandle>
  pages: readonly PaletteItem[]
  itemsHref: string
  texts: PaletteTexts
  onDone: () => void
}) {
  const { texts } = props
  const router = useRouter()
  const listId = useId()
  const [typed, setTyped] = useState('')
  const [active, setActive] = useState(0)
  const monitors = useLazyItems(props.itemsHref)
  const matches = matchItems([...props.pages, ...monitors.items], typed)

  function type(text: string) {
    setTyped(text)
    setActive(0)
  }

  useImperativeHandle(props.ref, () => ({
    start: () => {
      type('')
      monitors.load()
    },
  }))

  function choose(item: PaletteItem | undefined) {
    if (!item) return
    props.onDone()
    router.push(item.href)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter') choose(matches[active])
    else if (event.key === 'ArrowDown') setActive(Math.min(active + 1, matches.length - 1))
    else if (event.key === 'ArrowUp') setActive(Math.max(active - 1, 0))
    else return
    event.preventDefault()
  }

  return (
    <>
      <div className="flex items-center gap-2 border-b border-line px-3">
        <Icon name="search" className="text-ink-faint" />
        <input
          role="combobox"
          aria-label={texts.placeholder}
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={matches[active] && optionId(listId, active)}
          placeholder={texts.placeholder}
          value={typed}
          onChange={(event) => type(event.target.value)}
          onKeyDown={onKeyDown}
          className="h-12 flex-1 bg-transparent text-lg outline-none placeholder:text-ink-faint"
        />
        <button type="button" onClick={props.onDone} className="rounded-sm px-1.5 text-sm text-ink-muted">
          {texts.close}
        </button>
      </div>
      <PaletteList
        id={listId}
        label={texts.results}
        items={matches}
        active={active}
        onPoint={setActive}
        onChoose={choose}
      />
      <p role="status" className="px-3.5 pb-3 text-sm text-ink-muted empty:hidden">
        {statusOf(monitors.state, matches.length, texts)}
      </p>
    </>
  )
}

function statusOf(state: 'idle' | 'loading' | 'ready' | 'failed', shown: number, texts: PaletteTexts): string | null {
  if (state === 'loading') return texts.loading
  if (state === 'failed') return texts.failed
  return shown === 0 ? texts.none : null
}
