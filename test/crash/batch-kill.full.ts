// The same, by the numbers of this stage.
import './batch-kill.test.ts';
