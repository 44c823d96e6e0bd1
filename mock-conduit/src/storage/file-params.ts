import type { RouteContext } from '../wire/route.ts'

/** Body of the write routes, validated by their declaration. */
export interface FileParams {
  name?: string
  alias?: string
  data?: string
  folder?: string
  container?: string
  mimeType?: string
  size?: number
  isPublic?: boolean
}

/** The body's fields by type; what has another type was refused before. */
export function fileParams({ bodyParams }: RouteContext): FileParams {
  const { size, isPublic } = bodyParams
  const texts = ['name', 'alias', 'data', 'folder', 'container', 'mimeType'] as const
  return {
    ...Object.fromEntries(
      texts.flatMap((field) => {
        const value = bodyParams[field]
        return typeof value === 'string' ? [[field, value]] : []
      }),
    ),
    ...(typeof size === 'number' ? { size } : {}),
    ...(typeof isPublic === 'boolean' ? { isPublic } : {}),
  }
}
