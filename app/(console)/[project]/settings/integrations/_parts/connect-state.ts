import { type FormState, FRESH_FORM } from '@/app/_components/ui/form-state.ts'

/** A form about a connection, and right after it was made its address and the secret that was made for it: the only time that it is shown. */
export type ConnectState = FormState & { made: { address: string; secret: string | null; href: string } | null }

export const NOTHING_MADE: ConnectState = { ...FRESH_FORM, made: null }
