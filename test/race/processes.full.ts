// The same, by the numbers of this stage.
import './processes.test.ts';
