// The same, by the numbers of this stage.
import './probes.test.ts';
