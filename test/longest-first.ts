import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * What takes a minute or more by itself, the longest first, and where most of what takes ten seconds lies. A suite of a
 * quarter of a minute that begins last leaves one of two workers idle; vitest alone goes by the size of a file.
 */
const LONG = [
  'test/crash/crash-points',
  'test/hostile/growth',
  'test/simulation/',
  'test/faults/',
  'test/tour/',
  'src/adapters/store/postgres/',
  'test/race/',
  'test/acceptance/',
  'test/world/',
  'test/crash/',
  'test/hostile/',
  'test/',
] as const;

const rank = ({ moduleId }: TestSpecification): number => {
  const at = LONG.findIndex((part) => moduleId.includes(`/${part}`));
  return at < 0 ? LONG.length : at;
};

/** The longest suites begin first; what is alike goes by vitest's own order. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}
