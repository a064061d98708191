'use client'
import type { PaletteItem } from './palette-matches.ts'

/** The popup of the palette's combobox. It never has the focus: the input keeps it and points at the active option. */
export function PaletteList(props: {
  id: string
  label: string
  items: readonly PaletteItem[]
  active: number
  onPoint: (index: number) => void
  onChoose: (item: PaletteItem) => void
}) {
  return (
    <div id={props.id} role="listbox" aria-label={props.label} className="max-h-80 overflow-y-auto p-1">
      {props.items.map((item, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: keys are the combobox's
        <div
          key={item.href}
          id={optionId(props.id, index)}
          role="option"
          aria-selected={index === props.active}
          onClick={() => props.onChoose(item)}
          onPointerMove={() => props.onPoint(index)}
          className="flex h-9 items-center gap-3 rounded-md px-2.5 aria-selected:bg-subtle"
        >
          <span className="min-w-0 flex-1 truncate">{item.label}</span>
          <span className="text-sm text-ink-faint">{item.hint}</span>
        </div>
      ))}
    </div>
  )
}

/** The id by which the input points at its active option. */
export function optionId(listId: string, index: number): string {
  return `${listId}-${index}`
}
