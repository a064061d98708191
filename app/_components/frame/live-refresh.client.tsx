'use client'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

const EVERY_MS = 30_000

/**
 * Renders the page anew every half minute while someone looks at it, and at once when they come back to it. Never while a
 * field has the focus or a dialog is open: a page must not move under someone's hands.
 */
export function LiveRefresh() {
  const router = useRouter()
  useEffect(() => {
    let lastAt = Date.now()
    const refresh = () => {
      if (document.visibilityState !== 'visible' || isBusy() || Date.now() - lastAt < EVERY_MS - 1_000) return
      lastAt = Date.now()
      router.refresh()
    }
    const timer = setInterval(refresh, EVERY_MS)
    document.addEventListener('visibilitychange', refresh)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', refresh)
    }
  }, [router])
  return null
}

function isBusy(): boolean {
  if (document.querySelector('dialog[open], :popover-open')) return true
  return document.activeElement?.matches('input, textarea, select') ?? false
}
