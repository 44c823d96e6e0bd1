import { z } from 'zod'

/** Shapes of what the control API answers, for the OpenAPI document. */
export const anything = z.unknown()
