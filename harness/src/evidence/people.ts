const NAMES = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank', 'grace', 'heidi']
const OWNED = /⟨([AR]T\d+) ([\w.+-]+)⟩/g

/** Gives the users of one check short names, in the order in which they are met. */
export interface People {
  /** `⟨AT2 refresh-04.1f2e3d4c⟩` becomes `⟨AT2 alice⟩`. */
  named(text: string): string
  /** Short name and user, for a legend. */
  legend(): [name: string, user: string][]
}

export function createPeople(): People {
  const names = new Map<string, string>()
  const nameOf = (user: string) => {
    const known = names.get(user)
    if (known !== undefined) return known
    const name = NAMES[names.size] ?? `user ${names.size + 1}`
    names.set(user, name)
    return name
  }
  return {
    named: (text) =>
      text.replace(OWNED, (_, label: string, user: string) => `⟨${label} ${nameOf(user)}⟩`),
    legend: () => [...names].map(([user, name]) => [name, user]),
  }
}
