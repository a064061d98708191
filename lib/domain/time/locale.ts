/** The languages that Vigie writes by hand. The earliest step owns the type, because times and durations are already worded. */
export type Locale = 'en' | 'fr'
