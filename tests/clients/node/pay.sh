# Checks the types of one program, makes it one file, and runs it.
set -euo pipefail
npx tsc --noEmit --target ES2022 --module ESNext --moduleResolution bundler --lib ES2022,DOM,DOM.Iterable \
  --types node --strict --skipLibCheck "$1.ts"
npx esbuild "$1.ts" --bundle --platform=node --format=esm --log-level=warning --outfile="made/$1.mjs"
exec node "made/$1.mjs"
