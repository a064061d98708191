'use client'
import { useState } from 'react'
import type { PaletteItem } from './palette-matches.ts'

export interface LazyItems {
  items: readonly PaletteItem[]
  state: 'idle' | 'loading' | 'ready' | 'failed'
  load: () => void
}

/** Items fetched when they are first asked for; asked for again after a failure, and kept after a success. */
export function useLazyItems(href: string): LazyItems {
  const [items, setItems] = useState<readonly PaletteItem[]>([])
  const [state, setState] = useState<LazyItems['state']>('idle')
  async function fetchItems() {
    setState('loading')
    try {
      const response = await fetch(href, { headers: { accept: 'application/json' } })
      if (!response.ok) throw new Error(`answered ${response.status}`)
      setItems(await response.json())
      setState('ready')
    } catch {
      setState('failed')
    }
  }
  return {
    items,
    state,
    load: () => {
      if (state === 'idle' || state === 'failed') void fetchItems()
    },
  }
}
