import { z } from 'zod'
import { AppError } from '@/lib/models/app-error'

const form = z.object({
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  q: z
    .string()
    .max(100)
    .refine(
      (term) => !term.includes(','),
      'A search term cannot hold a comma: the backend would read two.',
    )
    .optional(),
  author: z.uuid().optional(),
})

/** Reads `page`, `q` and `author`, and nothing else; empty ones count as absent. Throws AppError. */
export function postQuery(params: URLSearchParams): {
  page: number
  term: string | undefined
  authorId: string | undefined
} {
  const given = ['page', 'q', 'author'].flatMap((name) => {
    const value = params.get(name)
    return value === null || value === '' ? [] : [[name, value]]
  })
  const result = form.safeParse(Object.fromEntries(given))
  if (!result.success)
    throw new AppError(
      'BAD_REQUEST',
      result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join(' '),
    )
  return { page: result.data.page, term: result.data.q, authorId: result.data.author }
}
