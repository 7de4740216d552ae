// What the program consists of, CycloneDX on stdout: npm run sbom. Of `npm sbom` everything that does not only build or test it;
// its own --omit dev leaves out what a package for development needs as well.
import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';

const told = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx'], {
  cwd: dirname(import.meta.dirname),
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
  stdio: ['ignore', 'pipe', 'inherit'],
});
const bom = JSON.parse(told);
const isForDevelopment = ({ properties = [] }) =>
  properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true');
const components = bom.components.filter((one) => !isForDevelopment(one));
const kept = new Set(components.map((one) => one['bom-ref']));
const own = bom.metadata.component['bom-ref'];
const dependencies = bom.dependencies
  .filter(({ ref }) => ref === own || kept.has(ref))
  .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((one) => kept.has(one)) }));
console.log(JSON.stringify({ ...bom, components, dependencies }, null, 2));
