import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { cookiePairs } from '../../instruments/exchange-text.ts'
import { headersNamed, isAccepted, statusText } from '../../instruments/http-exchange.ts'
import { isSuccess } from '../shared/answers.ts'

const PADDING = 5700
const SLACK = 32

export const vault03 = defineCheck({
  id: 'VAULT-03',
  title: 'The size of the cookies does not follow the size of the tokens',
  level: 'MUST',
  profiles: ['core', 'vault'],
  needs: { routes: ['login', 'list'] },
  dependsOn: ['VAULT-01'],
  requirement: ['ASVS5-3.3.5', 'T-37', 'T-38', 'T-39'],
  source: ['access tokens grow with their claims'],
  mutants: ['iron-session-holds-tokens'],
  usualCauses: ['the tokens are sealed into the cookie instead of being kept in the vault'],
  async run(ctx) {
    const small = await loginWith(ctx, 0)
    const large = await loginWith(ctx, PADDING)
    ctx.witness(
      `access tokens of ${small.token} and ${large.token} bytes`,
      large.token - small.token >= PADDING,
    )
    ctx.require(
      'bytes of the login cookies with a small and with a large token',
      Math.abs(large.cookies - small.cookies) <= SLACK,
      {
        expected: `a difference of at most ${SLACK}`,
        got: `${small.cookies} and ${large.cookies}`,
      },
    )
    ctx.require('bytes of the login cookies', large.cookies < 4096, {
      expected: 'less than 4096',
      got: String(large.cookies),
    })
    ctx.expect('login and list with the large token', '200-ish', large.works)
  },
})

async function loginWith(
  ctx: CheckContext,
  padding: number,
): Promise<{ token: number; cookies: number; works: string }> {
  const { control } = ctx.backend
  const session = await ctx.visitor('size')
  await control.setOptions({ accessTokenPadding: padding })
  try {
    const answer = await session.call('login')
    const list = await session.call('list')
    const token =
      (await control.tokens(session.user.id)).find((each) => each.kind === 'access')?.token
        .length ?? 0
    const cookies = cookiePairs(headersNamed(answer.headers, 'set-cookie')).reduce(
      (sum, [name, value]) => sum + name.length + value.length,
      0,
    )
    return {
      token,
      cookies,
      works:
        isAccepted(answer) && isSuccess(list)
          ? '200-ish'
          : `${statusText(answer)}, then ${statusText(list)}`,
    }
  } finally {
    await control.setOptions({ accessTokenPadding: 0 })
  }
}
