import { expect, test } from 'vitest';
import { validateTmf } from './tmf-validator.ts';

test('a valid service has no fault', () => {
  const service = { state: 'active', serviceSpecification: { id: 'access.gpon' } };
  expect(validateTmf('tmf640', 'Service_Create', service)).toEqual([]);
});

test('faults are found through references, with their paths', () => {
  const service = { state: 'on', serviceCharacteristic: [{ name: 'vlan' }] };
  expect(validateTmf('tmf640', 'Service_Create', service)).toEqual([
    "/ must have required property 'serviceSpecification'",
    "/serviceCharacteristic/0 must have required property 'value'",
    '/state must be equal to one of the allowed values',
  ]);
});

test('formats are checked', () => {
  const appointment = { validFor: { startDateTime: 'tomorrow' } };
  expect(validateTmf('tmf646', 'Appointment', appointment)).toEqual([
    '/validFor/startDateTime must match format "date-time"',
  ]);
});

test('a definition that does not exist is an error, never "valid"', () => {
  expect(() => validateTmf('tmf641', 'Nothing', {})).toThrow('tmf641 has no definition Nothing');
});
