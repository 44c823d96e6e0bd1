import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const cookiesGrowInNumber = defineMutant({
  name: 'cookies-grow-in-number',
  defect: 'Login leaves three cookies of preferences, each as long as a browser keeps just yet.',
  kills: { 'SESSION-05': 'bytes of all cookies together' },
  apply: (parts) =>
    changedAnswer(parts, 'login', (answer) => {
      for (const name of ['pref1', 'pref2', 'pref3'])
        answer.headers.append(
          'set-cookie',
          `${name}=${'p'.repeat(4000)}; Path=/; Secure; HttpOnly; SameSite=Strict`,
        )
      return answer
    }),
})
