import { type EvidenceWanted, evidenceWanted } from '../../core/app/field/evidence-wanted.ts';
import { signerOffered } from '../../core/app/field/signer-offered.ts';
import type { EvidenceFault } from '../../core/codes/evidence-fault.ts';
import { checkEvidence, type GivenEvidence, RX_POWER } from '../../core/fieldwork/evidence.ts';
import { shellWord } from '../../core/values/shell-word.ts';
import { inWords } from '../../texts/coded.ts';
import { actorDeps } from '../changing.ts';
import type { CommandContext } from '../framework/run/context.ts';

/**
 * On a terminal, asks for the evidence that is missing or wrong, each answer checked as it is typed. Elsewhere, and when
 * the order cannot be completed anyway, what was given stays as it is: the use case lists what is wrong with it.
 */
export const askEvidence = async (
  ctx: CommandContext,
  orderId: string,
  given: GivenEvidence,
): Promise<GivenEvidence> => {
  if (!ctx.prompts.possible) return given;
  const wanted = await evidenceWanted(await actorDeps(ctx, 'read'), orderId, given);
  if (wanted === null) return given;
  const offered = async (): Promise<string | null> => signerOffered(await actorDeps(ctx, 'write'), orderId);
  const asked = await askFor(ctx, given, { ...wanted, offered });
  const { ont = '', rx, stb = [], signer = '' } = asked;
  const serials = stb.length === 0 ? [] : ['--stb', stb.join(',')];
  const words = [orderId, '--ont', ont, '--rx', String(rx), ...serials, '--signed-by', signer];
  await ctx.note(`${ctx.t.prompts.sameAs}: ${ctx.program} field complete ${words.map(shellWord).join(' ')}`);
  return asked;
};

const askFor = async (
  { t, prompts }: CommandContext,
  given: GivenEvidence,
  { tv, missing, offered }: EvidenceWanted & { readonly offered: () => Promise<string | null> },
): Promise<GivenEvidence> => {
  const { ask } = t.field;
  const isWrong = (kind: string): boolean => missing.some(({ code }) => code.startsWith(kind));
  /** The same rule as for flags, of one part: the others are taken for right. */
  const faultOf = (part: GivenEvidence, kind: string): EvidenceFault | null => {
    const check = checkEvidence(part, tv);
    return check.ok ? null : (check.missing.find(({ code }) => code.startsWith(kind)) ?? null);
  };
  const word = (fault: EvidenceFault | null): string | null =>
    fault === null ? null : inWords(t.field.faults, fault);
  const ont = isWrong('ont')
    ? await prompts.input({ message: ask.ont, validate: (text) => word(faultOf({ ont: text }, 'ont')) })
    : given.ont;
  const rx = isWrong('rx') ? await askRx() : given.rx;
  const stb = isWrong('stb')
    ? await prompts.input({
        message: ask.stb(tv),
        validate: (text) => word(faultOf({ ont, stb: serialsOf(text) }, 'stb')),
      })
    : null;
  const customer = isWrong('signer') ? await offered() : null;
  const signer = isWrong('signer')
    ? await prompts.input({
        message: ask.signer,
        ...(customer === null ? {} : { initial: customer }),
        validate: (text) => word(faultOf({ signer: text }, 'signer')),
      })
    : given.signer;
  return { ont, rx, stb: stb === null ? given.stb : serialsOf(stb), signer };

  async function askRx(): Promise<number> {
    const text = await prompts.input({
      message: ask.rx,
      validate: (typed) => {
        const power = readRx(typed);
        if (power !== null && power >= RX_POWER.min && power <= RX_POWER.max) return null;
        const meant = power !== null && -power >= RX_POWER.min && -power <= RX_POWER.max ? -power : null;
        return meant === null ? ask.rxRange : ask.rxMeant(String(meant));
      },
    });
    return readRx(text) ?? Number.NaN;
  }
};

const readRx = (text: string): number | null => {
  const typed = text.trim().replace(/dbm$/i, '').trimEnd().replace(/^[−–]/, '-');
  return /^[+-]?\d{1,3}(?:\.\d{1,4})?$/.test(typed) ? Number(typed) : null;
};

const serialsOf = (text: string): readonly string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
