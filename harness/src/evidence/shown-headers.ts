import type { HeaderList } from '../instruments/http-exchange.ts'
import type { SecretGuard } from '../instruments/secret-guard.ts'
import type { ShownHeaders } from './evidence.ts'

/** Headers whose values let somebody in, whatever they are. */
const LETS_IN = /^(authorization|masterkey|.*(secret|csrf|xsrf|token|api-?key).*)$/i

/** Headers as a report shows them: names and lengths of cookies, no value that lets somebody in. */
export const shownHeaders = (headers: HeaderList, guard: SecretGuard): ShownHeaders =>
  headers.map(([name, value]) => [guard(name), shownValue(name, value, guard)])

function shownValue(name: string, value: string, guard: SecretGuard): string {
  const lower = name.toLowerCase()
  if (lower === 'cookie') return guard(value.split(/;\s*/).map(withoutValue).join('; '))
  if (lower === 'set-cookie') {
    const [pair = '', ...attributes] = value.split(';')
    return guard([withoutValue(pair), ...attributes].join(';'))
  }
  const shown = guard(value)
  return LETS_IN.test(lower) && !shown.includes('⟨') && value.length > 8
    ? `⟨${value.length} characters⟩`
    : shown
}

function withoutValue(pair: string): string {
  const at = pair.indexOf('=')
  const length = pair.length - at - 1
  return at < 0 || length === 0 ? pair : `${pair.slice(0, at)}=⟨${length} characters⟩`
}
