import fc from 'fast-check';
import { faultSeed } from './chance';

/** For all properties; a failure prints the seed and the path to the counterexample. */
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: faultSeed() });
