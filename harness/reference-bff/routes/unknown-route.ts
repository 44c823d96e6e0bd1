import type { Handler } from '../services.ts'

/** 404 for every path and method that no route is for. */
export const createUnknownRouteHandler = (): Handler => async (c) =>
  c.json({ error: 'not_found' }, 404)
