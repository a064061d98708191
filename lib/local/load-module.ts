import { pathToFileURL } from 'node:url'
import type { LoadModule } from './run-function.ts'

/** Modules are loaded once and stay, as in a function instance on Vercel. */
export const loadOnce: LoadModule = (file) => import(pathToFileURL(file).href)
