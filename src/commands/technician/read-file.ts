import { unknownBases } from '../../core/app/technicians/areas.ts';
import { OPTIONAL_FIELDS, type OptionalField } from '../../core/app/technicians/technicians.ts';
import type { Technician } from '../../core/technicians/technician.ts';
import type { CommandContext } from '../framework/run/context.ts';
import { invalidFile } from './invalid-file.ts';

/** Technicians of a file. `keep`: fields that its columns do not name. */
type GivenTechnicians = {
  readonly technicians: readonly Technician[];
  readonly keep: readonly OptionalField[];
};

type Known = Parameters<typeof unknownBases>[0];

/**
 * All technicians of a file, checked against the areas that are known. Throws INVALID_FILE with everything that is wrong;
 * `open` is called only when the file itself is right.
 */
export const readTechnicians = async <Deps extends Known>(
  ctx: CommandContext,
  path: string,
  open: () => Promise<Deps>,
): Promise<GivenTechnicians & { readonly deps: Deps }> => {
  const { technicians, errors, lineOf, columns } = await ctx.services.technicianFile(path);
  if (errors.length > 0) throw invalidFile(ctx, path, errors);
  const deps = await open();
  const unknown = await unknownBases(deps, technicians);
  if (unknown.length > 0) {
    const placed = unknown.map(({ technicianId, reason }) => {
      return { line: lineOf.get(technicianId) ?? 0, field: 'base', reason };
    });
    throw invalidFile(ctx, path, placed);
  }
  return { technicians, keep: OPTIONAL_FIELDS.filter((column) => !columns.includes(column)), deps };
};
