import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const ssoCallbackCacheable = defineMutant({
  name: 'sso-callback-cacheable',
  defect: 'The redirect after a social login may be kept by caches, with its address.',
  kills: { 'LEAK-09': 'Cache-Control at the address with the tokens' },
  apply: (parts) =>
    changedAnswer(parts, 'socialCallback', (answer, { c }) => {
      c.header('cache-control', 'private')
      answer.headers.set('cache-control', 'private')
      return answer
    }),
})
