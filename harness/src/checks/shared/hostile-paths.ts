/** A query parameter that no upstream call has unless a value broke out of its place. */
export const BROKEN_OUT = 'bffc_injected'

/** Where the climbing pieces lead; a segment of its own upstream only when one of them got through. */
const CLIMBED = 'bffc-climbed'

/** Whether the path of an upstream request climbs, or has climbed. Its query may hold slashes and dots as they are (RFC 3986 section 3.4): nothing climbs there. */
export const hasClimbed = (path: string): boolean =>
  (path.split('?')[0] ?? '')
    .split('/')
    .some((step) => step === CLIMBED || /^(\.|%2e){1,2}$/i.test(step))

/** Pieces of a path that try to climb, to name another host, or to end the path; as a raw client sends them. */
export function hostilePieces(sink: string): string[] {
  const { host } = new URL(sink)
  return [
    `/${host}/x`,
    `%2f%2f${host}%2fx`,
    `http://${host}/x`,
    `http:%2f%2f${host}%2fx`,
    `%5c%5c${host}%5cx`,
    `@${host}/x`,
    `..%2f..%2f${CLIMBED}`,
    `%2e%2e/%2e%2e/${CLIMBED}`,
    `..%5c..%5c${CLIMBED}`,
    `%252e%252e%252f${CLIMBED}`,
    'x%00',
    'x;y=1',
    `x%3f${BROKEN_OUT}=1`,
    'x%23y',
  ]
}

/** Values of a parameter that try the same, decoded. */
export function hostileValues(sink: string): string[] {
  const { host } = new URL(sink)
  return [
    `//${host}/x`,
    `http://${host}/x`,
    `/\\${host}/x`,
    `../../${CLIMBED}`,
    `@${host}/x`,
    `.${host}`,
    'x\u0000',
    'x;y=1',
    `1?${BROKEN_OUT}=1`,
    `1&${BROKEN_OUT}=1`,
    '1#y',
    '1%26bffc_injected=1',
  ]
}
