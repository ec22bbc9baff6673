// Property tests try the same cases every time: a test must not depend on chance.
import fc from 'fast-check';

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 20_251_125 });
