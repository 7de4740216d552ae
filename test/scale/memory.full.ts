// The same, by the numbers of this stage.
import './memory.test.ts';
