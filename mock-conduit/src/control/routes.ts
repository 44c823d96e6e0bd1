import { Hono } from 'hono'
import type { Worlds } from '../worlds.ts'

/** The control API, `/__mock/…` of each world. */
export function controlRoutes(_worlds: Worlds): Hono {
  return new Hono()
}
