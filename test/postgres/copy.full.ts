// The same, by the numbers of this stage.
import './copy.test.ts';
