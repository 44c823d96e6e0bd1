import { defineMutant } from '../mutant.ts'
import { trustingAuthorization } from '../own-credentials.ts'

export const bearerWithoutSession = defineMutant({
  name: 'bearer-without-session',
  defect: 'Who has no session but brings a token of the backend is let in with it.',
  kills: { 'PROXY-02': 'list without a session, with Bearer' },
  apply: (parts) =>
    trustingAuthorization(parts, (accessToken, own) =>
      own().catch(() => ({
        key: 'bearer',
        entry: { generation: 1, userId: '', tokens: { accessToken, refreshToken: '' } },
      })),
    ),
})
