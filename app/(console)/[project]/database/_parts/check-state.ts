import type { FormState } from '@/app/_components/ui/form-state.ts'

/** What a look at a database came to. */
export interface CheckState {
  result: FormState['result']
}

export const NOT_CHECKED: CheckState = { result: null }
