import { access } from './en/access.ts';
import { areas } from './en/areas.ts';
import { audit } from './en/audit.ts';
import { batch } from './en/batch.ts';
import { breaker } from './en/breaker.ts';
import { causes } from './en/causes.ts';
import { changes } from './en/changes.ts';
import { common } from './en/common.ts';
import { config } from './en/config.ts';
import { customers } from './en/customers.ts';
import { db } from './en/db.ts';
import { demo } from './en/demo.ts';
import { differences } from './en/differences.ts';
import { doctor } from './en/doctor.ts';
import { expectations } from './en/expectations.ts';
import { expected } from './en/expected.ts';
import { fallout } from './en/fallout.ts';
import { field } from './en/field.ts';
import { fileFaults } from './en/file-faults.ts';
import { find } from './en/find.ts';
import { help } from './en/help.ts';
import { home } from './en/home.ts';
import { http } from './en/http.ts';
import { mypage } from './en/mypage.ts';
import { ne } from './en/ne.ts';
import { orders } from './en/orders.ts';
import { overview } from './en/overview.ts';
import { prompts } from './en/prompts.ts';
import { reasons } from './en/reasons.ts';
import { refusals } from './en/refusals.ts';
import { report } from './en/report.ts';
import { schedule } from './en/schedule.ts';
import { simulate } from './en/simulate.ts';
import { stages } from './en/stages.ts';
import { story } from './en/story.ts';
import { technicians } from './en/technicians.ts';
import { warnings } from './en/warnings.ts';
import { whoami } from './en/whoami.ts';
import { worker } from './en/worker.ts';

/**
 * All texts, by section, in English; the other languages have the same, and the compiler says what is missing there. Adding
 * a section: its file in `en/` and a line here, a file of the same name in `ko/` and a line in `ko/index.ts`.
 */
export const ENGLISH = {
  access,
  areas,
  audit,
  batch,
  breaker,
  causes,
  changes,
  common,
  config,
  customers,
  db,
  demo,
  differences,
  doctor,
  expectations,
  expected,
  fallout,
  field,
  fileFaults,
  find,
  help,
  home,
  http,
  mypage,
  ne,
  orders,
  overview,
  prompts,
  reasons,
  refusals,
  schedule,
  report,
  simulate,
  stages,
  story,
  technicians,
  warnings,
  whoami,
  worker,
};

export type Texts = typeof ENGLISH;
