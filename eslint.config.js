import eslint from '@eslint/js'
import prettier from 'eslint-config-prettier'
import tseslint from 'typescript-eslint'

/** Where each folder may import from; the message says what to do instead. */
/** `fixtures` ← `mock-conduit` ← `harness`; `sample-app` is a customer. Within the sample app: app → lib/api → lib/logic → lib/models. */
const importRules = [
  {
    files: ['fixtures/**/*.ts'],
    forbid: ['mock-conduit', 'mock-conduit/**', 'bff-harness', 'sample-app/**'],
    say: 'fixtures import nothing of ours.',
  },
  {
    files: ['mock-conduit/**/*.ts'],
    forbid: ['bff-harness', '**/harness/**', '**/sample-app/**'],
    say: 'mock-conduit may import @conduit-bff/fixtures only.',
  },
  {
    files: ['harness/**/*.ts'],
    forbid: [
      'mock-conduit/*',
      '!mock-conduit/control',
      '**/mock-conduit/src/**',
      '**/sample-app/**',
    ],
    say: 'The harness reaches the mock through `mock-conduit` and `mock-conduit/control`.',
  },
  {
    files: ['sample-app/**/*.{ts,tsx}'],
    forbid: ['mock-conduit', 'mock-conduit/**', 'bff-harness', '@conduit-bff/*'],
    say: 'The sample app is a customer: it knows URLs only.',
  },
  {
    files: ['sample-app/app/**/*.tsx'],
    forbid: [
      '@/lib/api/**',
      '@/lib/conduit-*',
      '@/lib/token-vault',
      '@/lib/redis',
      'axios',
      'ioredis',
      '@conduit-bff/*',
      'mock-conduit',
    ],
    say: 'A page reads through lib/logic; only a route.ts re-exports from lib/api.',
  },
  {
    files: ['sample-app/lib/logic/**/*.ts'],
    forbid: [
      '@/lib/api/**',
      '@/app/**',
      'next',
      'next/**',
      'axios',
      'ioredis',
      '@conduit-bff/*',
      'mock-conduit',
    ],
    say: 'lib/logic knows lib/models and conduitRequest, not HTTP and not pages.',
  },
  {
    files: ['sample-app/lib/models/**/*.ts'],
    regex: '^(@/(app|lib/(?!models/))|next($|/)|axios|ioredis)',
    say: 'lib/models are types and forms; they import each other only.',
  },
]

const portsOnly = [
  { object: 'Date', property: 'now', message: 'Take a Clock by parameter (world/clock.ts).' },
  { object: 'Math', property: 'random', message: 'Take Ids by parameter (world/ids.ts).' },
  { object: 'crypto', property: 'randomUUID', message: 'Take Ids by parameter (world/ids.ts).' },
]

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/.next/**',
      '**/node_modules/**',
      '**/.cache/**',
      '**/next-env.d.ts',
    ],
  },
  eslint.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  prettier,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-lines': ['error', { max: 350 }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/dot-notation': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.object.name='vi'][callee.property.name='mock']",
          message: 'No module mocks: pass the dependency as a parameter.',
        },
      ],
    },
  },
  {
    files: ['mock-conduit/src/**/*.ts'],
    ignores: ['**/*.test.ts', 'mock-conduit/src/world/clock.ts', 'mock-conduit/src/world/ids.ts'],
    rules: { 'no-restricted-properties': ['error', ...portsOnly] },
  },
  ...importRules.map(({ files, forbid, regex, say }) => ({
    files,
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ ...(regex ? { regex } : { group: forbid }), message: say }] },
      ],
    },
  })),
  { files: ['**/*.js', '**/*.mjs'], ...tseslint.configs.disableTypeChecked },
)
