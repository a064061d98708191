import { type FormState, FRESH_FORM } from '@/app/_components/ui/form-state.ts'

/** The form of a new key, and the key itself right after it was made: the only time that it is shown. */
export type KeyState = FormState & { key: string | null }

export const NO_KEY: KeyState = { ...FRESH_FORM, key: null }
