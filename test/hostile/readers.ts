import { Readable } from 'node:stream';
import { readFlatJson } from '../../src/adapters/batch/flat-json.ts';
import { neutralCell, restoredCell } from '../../src/adapters/batch/formula-cell.ts';
import { readNdjson } from '../../src/adapters/batch/read-ndjson.ts';
import { readYaml as readBatchYaml } from '../../src/adapters/batch/read-yaml.ts';
import { pathOfDatabaseUrl } from '../../src/adapters/config/database-path.ts';
import { readSimpleYaml } from '../../src/adapters/config/simple-yaml.ts';
import { unusedProxy } from '../../src/adapters/config/unused-proxy.ts';
import * as valueTypes from '../../src/adapters/config/value-types.ts';
import { UnreadableText } from '../../src/adapters/csv/decode-text.ts';
import { readCsv } from '../../src/adapters/csv/read-csv.ts';
import { fromCache } from '../../src/adapters/http/from-cache.ts';
import { readJson } from '../../src/adapters/http/json-body.ts';
import { readPage } from '../../src/adapters/http/list-page.ts';
import { monitorOf, serviceOf, toldService } from '../../src/adapters/http/ne-reading.ts';
import { linksPages, nextLink } from '../../src/adapters/http/next-link.ts';
import { peerError } from '../../src/adapters/http/peer-error.ts';
import { peerText, withoutSecrets } from '../../src/adapters/http/peer-text.ts';
import { peerPlace } from '../../src/adapters/http/peer-url.ts';
import { momentOf } from '../../src/adapters/http/reading.ts';
import { retryAtOf } from '../../src/adapters/http/retry-after.ts';
import { appointmentOf, searchTaskOf } from '../../src/adapters/http/tm-reading.ts';
import { rangeOf, totalOf } from '../../src/adapters/http/total.ts';
import { parseAnswers } from '../../src/adapters/simulators/answers.ts';
import { parseFault } from '../../src/adapters/simulators/fault-rule.ts';
import { parseHead } from '../../src/adapters/store/sql/head.ts';
import { typed } from '../../src/commands/demo/typed.ts';
import type { FlagSpec } from '../../src/commands/framework/parse/descriptor.ts';
import { parseValue } from '../../src/commands/framework/parse/values.ts';
import { withLocalTimes } from '../../src/commands/framework/print/local-times.ts';
import { readReason } from '../../src/core/assign/reason.ts';
import { checkEvidence } from '../../src/core/fieldwork/evidence.ts';
import { checkCancelCode, checkReturnCode } from '../../src/core/rules/reason-code-check.ts';
import { parseTechnicians } from '../../src/core/technicians/technician-file.ts';
import { parseHours } from '../../src/core/technicians/working-hours.ts';
import { parseDaySpan } from '../../src/core/time/day-span.ts';
import { parseDate, parseDuration, parseTime } from '../../src/core/time/parse.ts';
import { weekdayOfWord } from '../../src/core/time/weekday.ts';
import { parseActor } from '../../src/core/values/actor.ts';
import { isSameAddress, parseAddress } from '../../src/core/values/address.ts';
import { areaOf } from '../../src/core/values/area.ts';
import { cleanText } from '../../src/core/values/clean-text.ts';
import { parseCount } from '../../src/core/values/counts.ts';
import { csvQuoted } from '../../src/core/values/csv-quoted.ts';
import { seenText, withoutInvisible, withoutOverlays } from '../../src/core/values/invisible.ts';
import { jsonText } from '../../src/core/values/json-text.ts';
import { readCallKey, readServiceKey, shownKey } from '../../src/core/values/keys.ts';
import { maskAddress, maskName, maskPhone } from '../../src/core/values/mask.ts';
import { nearest } from '../../src/core/values/nearest.ts';
import { parseOrderId } from '../../src/core/values/order-id.ts';
import { isPersonalKey } from '../../src/core/values/personal-key.ts';
import { withoutPersonal } from '../../src/core/values/personal-words.ts';
import { parsePhone } from '../../src/core/values/phone.ts';
import { shellWord } from '../../src/core/values/shell-word.ts';
import type { Block } from '../../src/faces/cli/terminal/blocks.ts';
import { noPaint } from '../../src/faces/cli/terminal/colour.ts';
import { csvLine } from '../../src/faces/cli/terminal/csv.ts';
import { render } from '../../src/faces/cli/terminal/render.ts';
import { safeLine, safeText } from '../../src/faces/cli/terminal/safe-text.ts';
import { matches } from '../../src/faces/cli/terminal/search.ts';
import { simpleCut } from '../../src/faces/cli/terminal/width-simple.ts';
import { loadTexts } from '../../src/texts/texts.ts';
import type { Reader } from './growth.ts';

const { expected } = await loadTexts('en');
const NOW = Date.UTC(2026, 2, 2);
const SEOUL = 'Asia/Seoul';

/** Refusals are answers too. */
const refusing =
  (read: Reader): Reader =>
  (text) => {
    try {
      return read(text);
    } catch (error) {
      if (error instanceof Error && error.name === 'Refusal') return error;
      throw error;
    }
  };

/** As a file comes: in pieces. */
const pieces = (text: string): Readable => {
  const bytes = Buffer.from(text);
  const count = Math.ceil(bytes.length / 65_536);
  return Readable.from(Array.from({ length: count }, (_, i) => bytes.subarray(i * 65_536, (i + 1) * 65_536)));
};

const drained = async (rows: AsyncIterable<unknown>): Promise<void> => {
  try {
    for await (const _ of rows);
  } catch (error) {
    if (!(error instanceof UnreadableText)) throw error;
  }
};

const pass = { onError: () => {} };

const answer = (json: unknown, headers: Readonly<Record<string, string>> = {}) => ({
  status: 201,
  headers,
  json,
});

export const FILES: Readonly<Record<string, Reader>> = {
  CSV: (text) => drained(readCsv(pieces(text), pass)),
  'a CSV file behind a header': (text) => drained(readCsv(pieces(`id,name\n${text}`), pass)),
  NDJSON: (text) => drained(readNdjson(pieces(text), pass)),
  'flat JSON': readFlatJson,
  'flat JSON in an object': (text) => readFlatJson(`{"a":${text}}`),
  'flat JSON in a string': (text) => readFlatJson(`{"a":"${text}"}`),
  'batch YAML': (text) => drained(readBatchYaml(pieces(text), pass)),
  'batch YAML in a row': (text) => drained(readBatchYaml(pieces(`- a: 1\n  b: ${text}`), pass)),
  'plain YAML': readSimpleYaml,
  'a technician': (text) =>
    parseTechnicians([
      {
        line: 2,
        record: {
          id: text,
          name: text,
          phone: text,
          skills: text,
          areas: text,
          hours: text,
          daysOff: text,
          dailyLimit: text,
          active: text,
        },
      },
      { line: 3, record: { [text]: text } },
    ]),
  'a cell in and out': (text) => restoredCell(neutralCell(text)),
};

const header =
  (read: (headers: Readonly<Record<string, string>>) => unknown): Reader =>
  (text) =>
    read(
      Object.fromEntries(
        [
          'link',
          'x-total-count',
          'content-range',
          'age',
          'cache-status',
          'x-cache',
          'warning',
          'location',
        ].map((name) => [name, text]),
      ),
    );

export const PEERS: Readonly<Record<string, Reader>> = {
  'a JSON body': (text) => readJson({ 'content-type': 'application/json' }, Buffer.from(text)),
  'a JSON body of a string': (text) =>
    readJson({ 'content-type': 'application/json' }, Buffer.from(JSON.stringify({ a: text }))),
  'a content type': (text) => readJson({ 'content-type': text, 'content-encoding': text }, Buffer.from('{}')),
  'a Link header': header(({ link }) => [nextLink(link, '/service'), linksPages(link)]),
  'a Link header of a target': (text) => nextLink(`<http://peer/service?${text}>; ${text}`, '/service'),
  'headers of a list': header((headers) => [totalOf(headers), rangeOf(headers), fromCache(headers)]),
  'a location': header((headers) => [
    monitorOf(answer({}, headers)),
    toldService(answer({}, headers)),
    searchTaskOf(answer({}, headers)),
  ]),
  'a page': (text) =>
    readPage('/service', serviceOf)(answer([{ id: text, name: text, state: text }], { link: text })),
  'a service': (text) =>
    serviceOf({ id: text, name: text, state: text, serviceCharacteristic: [{ name: text, value: text }] }),
  'an appointment': (text) =>
    appointmentOf({
      id: 'A',
      status: 'failed',
      externalId: text,
      note: [{ text }],
      validFor: { startDateTime: text, endDateTime: text },
    }),
  'a callback': (text) =>
    appointmentOf({
      id: 'A',
      status: 'failed',
      note: [{ text: `CALLBACK ${text}` }],
      validFor: { startDateTime: '2026-01-01T00:00:00Z', endDateTime: '2026-01-01T01:00:00Z' },
    }),
  'a moment': (text) => [momentOf(text), momentOf(`2026-01-01T00:00:00${text}Z`), retryAtOf(text, NOW)],
  'a text': (text) => peerText(text, ['010-1234-5678', 'secret-token']),
  'an answer with secrets': (text) => withoutSecrets({ said: [text] }, ['010-1234-5678', 'secret-token']),
  'a text of a long secret': (text) => peerText('an answer', [text.slice(0, 4_000)]),
  'an error': (text) =>
    peerError(400, { ok: true, value: { code: text, reason: text, message: text } }, false, [
      '010-1234-5678',
    ]),
  'the URL of a peer': refusing((text) => peerPlace('ne', text)),
  'the path of a peer': refusing((text) => peerPlace('ne', `https://peer/${text}`)),
};

const FLAGS: readonly FlagSpec['type'][] = [
  'boolean',
  'text',
  'lines',
  'integer',
  'number',
  'list',
  'name',
  'phone',
  'time',
  'time-or-next',
  'date',
  'dates',
  'duration',
  'order-id',
  'zone',
  'actor',
  'id',
];

export const VALUES: Readonly<Record<string, Reader>> = {
  'the values of flags': (text) =>
    FLAGS.map((type) => parseValue({ type } as FlagSpec, text, { now: NOW, tz: SEOUL, expected })),
  'values of settings': (text) =>
    [
      valueTypes.text({ code: 'ZONE' }),
      valueTypes.integer(0, 9),
      valueTypes.flag,
      valueTypes.list({ code: 'ZONE' }),
      valueTypes.url,
      valueTypes.daySpan,
      valueTypes.zone,
      valueTypes.actor,
      valueTypes.instant,
    ].map(({ read }) => read(text)),
  'a URL of the database': refusing(pathOfDatabaseUrl),
  NO_PROXY: (text) => unusedProxy('https://ne.example.com', { NO_PROXY: text, https_proxy: 'x' }),
  'times and days': (text) => [
    parseTime(text, NOW, SEOUL),
    parseTime(`2026-03-02 ${text}`, NOW, SEOUL),
    parseDate(text, NOW, SEOUL),
    parseDuration(text),
    parseDaySpan(text),
    weekdayOfWord(text),
  ],
  'working hours': (text) => [parseHours(text), parseHours(`Mon ${text}`)],
  'a phone': parsePhone,
  'an address': (text) => [parseAddress(text), isSameAddress(text, `${text} 1`)],
  'an area': (text) => areaOf(text.slice(0, 200), ['강남구', '부산광역시 강서구']),
  'a text that is kept': (text) => [cleanText(text, 2_000_000), cleanText(text, 2_000_000, { lines: true })],
  'ids and counts': (text) => [
    parseOrderId(text),
    parseActor(text),
    parseCount(text, { min: 0, max: 9 }),
    readServiceKey(text),
    readCallKey(text),
    shownKey(text),
    readReason(text),
  ],
  'a code of a return': refusing((text) => checkReturnCode(text)),
  'a code of a cancel': refusing((text) => checkCancelCode(text)),
  evidence: (text) => checkEvidence({ ont: text, rx: 1, stb: text.split(' '), signer: text }, 1),
  'a fault': refusing((text) => parseFault(text)),
  'a fault with a scope': refusing((text) => parseFault(`500-before@${text}`)),
  'the answers of customers': refusing((text) => parseAnswers(text)),
  'the head of a log': refusing(parseHead),
  'a line of the demo': typed,
  'what was meant': (text) => nearest(text, ['schedule', 'order']),
};

const cards = (text: string): readonly Block[] => [
  { kind: 'text', lines: [text] },
  { kind: 'card', title: text, sections: [{ title: 'a', rows: [['name', text]] }] },
];

export const PRINTERS: Readonly<Record<string, Reader>> = {
  'a safe text': safeText,
  'a safe line': safeLine,
  'a card': (text) => render(cards(text), { width: 80, paint: noPaint }),
  'a table': (text) =>
    render(
      [
        {
          kind: 'table',
          columns: [
            { title: 'a', drop: 0 },
            { title: 'b', drop: 0 },
          ],
          rows: [[text, 'b']],
        },
      ],
      { width: 80, paint: noPaint },
    ),
  'a narrow table': (text) =>
    render(
      [
        {
          kind: 'table',
          columns: [
            { title: 'a', drop: 0 },
            { title: 'b', drop: 0 },
          ],
          rows: [[text, 'b']],
        },
      ],
      { width: 40, paint: noPaint },
    ),
  'a line of CSV': (text) => [csvLine([text, { text }]), csvQuoted(text)],
  JSON: (text) => jsonText({ text }, 2),
  'a line that is cut': (text) => simpleCut(text, 80),
  'a masked person': (text) => [maskName(text), maskPhone(text), maskAddress(text)],
  'a word for the shell': shellWord,
  'local times': (text) => withLocalTimes(text, SEOUL),
  'a text without what nobody sees': withoutInvisible,
  'a text as it is seen': seenText,
  'a text without overlays': withoutOverlays,
  'a text without personal data': (text) =>
    withoutPersonal(text, { name: '홍길동', phone: '010-1234-5678', address: '역삼로 12' }),
  'a key that may say whom': (text) => isPersonalKey(text, { name: '홍길동', phone: '010-1234-5678' }),
  'a search': (text) => [matches(text.slice(0, 200), [text]), matches('ㅎ 42', [text])],
};
