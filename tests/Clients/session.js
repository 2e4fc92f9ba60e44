// A connected system's session: its key signs an assertion, the authority gives the token (docs/connecting.md).
import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** What the test that started Sisote says about it. */
export const house = {
  fhir: required('SISOTE_FHIR'), // the FHIR base of the source: https://.../fhir/{system}
  system: required('SISOTE_SYSTEM'),
  organisation: required('SISOTE_ORGANISATION'),
  professional: required('SISOTE_PROFESSIONAL'),
  role: required('SISOTE_ROLE'),
  purpose: required('SISOTE_PURPOSE'),
  key: required('SISOTE_KEY'), // the system's private key, a JWK file
  identifier: required('SISOTE_CLIENT_IDENTIFIER'), // a national identifier of somebody who consented
};

/** Why the client's data is asked for: goes with each call. */
export const context = { 'Sisote-Context': 'necessity-statement="planning the first visit"' };

/** An access token by private_key_jwt, from the place that the SMART configuration below the FHIR base names. */
export async function getToken() {
  const configuration = await (await fetch(`${house.fhir}/.well-known/smart-configuration`)).json();
  const answer = await fetch(configuration.token_endpoint, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope: configuration.scopes_supported[0],
      client_id: house.system,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assert(configuration.issuer),
    }),
  });
  const body = await answer.json();
  if (!answer.ok) {
    throw new Error(`No token: ${answer.status} ${JSON.stringify(body)}`);
  }

  return body.access_token;
}

/** An entry of a visit. */
export function visit(patient) {
  return {
    resourceType: 'DocumentReference',
    status: 'current',
    category: [{ coding: [{ system: 'https://sisote.example/fhir/CodeSystem/category', code: 'exercise-counselling-entry' }] }],
    subject: { reference: `Patient/${patient}` },
    date: new Date().toISOString(),
    content: [{ attachment: { contentType: 'text/plain', language: 'fi', data: Buffer.from('Ensikäynti. Sovittu kävelylenkit.').toString('base64') } }],
  };
}

/** A measure taken at a visit. */
export function walking(patient) {
  return {
    resourceType: 'Observation',
    status: 'final',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'activity' }] }],
    code: { coding: [{ system: 'http://loinc.org', code: '82290-8' }] },
    subject: { reference: `Patient/${patient}` },
    effectiveDateTime: new Date().toISOString().slice(0, 10),
    valueQuantity: { value: 150, system: 'http://unitsofmeasure.org', code: 'min/wk' },
  };
}

function assert(issuer) {
  const jwk = JSON.parse(readFileSync(house.key, 'utf8'));
  const now = Math.floor(Date.now() / 1000);
  const business = { version: '1', subject_id: house.professional, subject_role: house.role, organization_id: house.organisation, purpose_of_use: [house.purpose] };
  const parts = [
    { alg: 'ES256', typ: 'client-authentication+jwt', kid: jwk.kid },
    { iss: house.system, sub: house.system, aud: issuer, iat: now, exp: now + 60, jti: randomUUID(), extensions: { 'hl7-b2b': business } },
  ].map(part => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const signature = sign('sha256', Buffer.from(parts), { key: createPrivateKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' });
  return `${parts}.${signature.toString('base64url')}`;
}

function required(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is missing: a test that runs Sisote starts these tests.`);
  }

  return value;
}
