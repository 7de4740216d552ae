// The same, by the numbers of this stage.
import './growth.test.ts';
