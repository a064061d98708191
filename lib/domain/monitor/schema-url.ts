import { z } from 'zod'

/** An absolute web address without credentials in it. */
export const httpUrl = z
  .string()
  .trim()
  .max(2_048)
  .refine(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    'must be an absolute http:// or https:// address',
  )
  .refine(
    (text) => !URL.canParse(text) || new URL(text).username === '',
    'must not hold a user name or password: use the sign-in fields, which are encrypted',
  )
