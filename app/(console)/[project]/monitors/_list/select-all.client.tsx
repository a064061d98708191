'use client'
import { buttonClass } from '@/app/_components/ui/button-style.ts'

/** Selects every monitor of the page, or none when all are. */
export function SelectAll({ form, label }: { form: string; label: string }) {
  function toggle() {
    const boxes = [...document.querySelectorAll<HTMLInputElement>(`input[name="monitor"][form="${form}"]`)]
    const areAll = boxes.every((box) => box.checked)
    for (const box of boxes) box.checked = !areAll
  }
  return (
    <button type="button" onClick={toggle} className={`${buttonClass('ghost', 'small')} -ml-2`}>
      {label}
    </button>
  )
}
