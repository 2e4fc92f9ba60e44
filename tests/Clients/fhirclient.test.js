// fhirclient (SMART) as a counsellor's system uses it: read, search, pages, references, create.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import smart from 'fhirclient';
import { context, getToken, house, visit } from './session.js';

let client;
let patient;

before(async () => {
  const token = await getToken();
  const stranger = connect(token);
  const found = await stranger.request({
    url: 'Patient/_search',
    method: 'POST',
    headers: { ...context, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ identifier: `urn:oid:1.2.246.21|${house.identifier}` }).toString(),
  });
  assert.equal(found.entry.length, 1);
  patient = found.entry[0].resource;
  client = connect(token, patient.id);
});

test('reads the client it was opened for', async () => {
  const read = await client.patient.read({ headers: context });
  assert.equal(read.id, patient.id);
  assert.ok(read.name[0].family);
});

test('follows the pages of a search without repeating why it asks', async () => {
  const flags = await client.request({ url: `Flag?patient=${patient.id}&_count=1`, headers: context }, { pageLimit: 0, flat: true });
  assert.equal(new Set(flags.map(flag => flag.id)).size, 2);
});

test('goes through pages and resources one by one', async () => {
  const ids = [];
  for await (const page of client.pages(`Flag?patient=${patient.id}&_count=1`, { headers: context })) {
    assert.equal(page.entry.length, 1);
    ids.push(page.entry[0].resource.id);
  }

  const again = [];
  for await (const flag of client.resources(`Flag?patient=${patient.id}&_count=1`, { headers: context })) {
    again.push(flag.id);
  }

  assert.equal(ids.length, 2);
  assert.deepEqual(again, ids);
});

test('reads by id and puts what is referred to in its place', async () => {
  const [flag] = await client.request({ url: `Flag?patient=${patient.id}`, headers: context }, { flat: true });
  const read = await client.request({ url: `Flag/${flag.id}`, headers: context }, { resolveReferences: 'subject' });
  assert.equal(read.id, flag.id);
  assert.equal(read.subject.resourceType, 'Patient');
  assert.equal(read.subject.id, patient.id);
});

test('sees nothing where it does not say why it asks', async () => {
  const flags = await client.request(`Flag?patient=${patient.id}`, { flat: true });
  assert.deepEqual(flags, []);
});

test('creates an entry and takes the answer for a success', async () => {
  const { body, response } = await client.create(visit(patient.id), { headers: context, includeResponse: true });
  assert.equal(response.status, 201);
  assert.equal(body.resourceType, 'OperationOutcome');
  assert.ok(body.issue.every(issue => issue.severity === 'information'));
});

test('is told what is wrong as an OperationOutcome', async () => {
  await refused(client.request({ url: `Flag?patient=${patient.id}&_summary=count`, headers: context }), 400);
  await refused(client.update({ resourceType: 'Flag', id: 'x' }, { headers: context }), 405);
  await refused(client.delete('Flag/x', { headers: context }), 405);
  await refused(client.patch('Task/x', [{ op: 'replace', path: '/status', value: 'accepted' }], { headers: context }), 428);
  await refused(connect('no-token', patient.id).patient.read(), 401);
});

/** A client as it is after sign-in; here the system signed in for itself. */
function connect(token, handle) {
  const request = {};
  return smart(request, {}, { get: async () => undefined, set: async () => undefined, unset: async () => true }).client({ serverUrl: house.fhir, tokenResponse: { access_token: token, patient: handle } });
}

async function refused(call, status) {
  await assert.rejects(call, error => {
    assert.equal(error.status ?? error.statusCode, status, error.message);
    return true;
  });
}
