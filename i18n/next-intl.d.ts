/// <reference types="next" />
/// <reference types="next/image-types/global" />
// The references stand here because next-env.d.ts is generated: the types must also be there before the first build.
import type { Locale } from '../lib/domain/time/locale.ts'

declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale
  }
}
