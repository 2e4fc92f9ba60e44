// fhir-kit-client as a counsellor's system uses it: search, pages, read, create, and how a refusal looks to it.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { CapabilityTool, Client } from 'fhir-kit-client';
import { context, getToken, house, visit, walking } from './session.js';

let client;
let patient;

before(async () => {
  client = new Client({ baseUrl: house.fhir, bearerToken: await getToken(), customHeaders: context });
  const found = await client.search({ resourceType: 'Patient', searchParams: { identifier: `urn:oid:1.2.246.21|${house.identifier}` }, options: { postSearch: true } });
  assert.equal(found.entry.length, 1);
  patient = found.entry[0].resource;
});

test('finds the token endpoint below the FHIR base', async () => {
  const { tokenUrl } = await new Client({ baseUrl: house.fhir }).smartAuthMetadata();
  assert.match(tokenUrl.href, /\/token$/);
});

test('reads what it may ask for', async () => {
  const statement = await client.capabilityStatement();
  const flag = new CapabilityTool(statement).resourceCapabilities({ resourceType: 'Flag' });
  assert.equal(statement.fhirVersion, '4.0.1');
  assert.deepEqual(flag.interaction.map(one => one.code), ['read', 'search-type']);
});

test('finds a client by a posted identifier', () => {
  assert.equal(patient.resourceType, 'Patient');
  assert.ok(patient.name[0].family);
  assert.ok(!JSON.stringify(patient).includes(house.identifier));
});

test('follows the pages of a search to their end', async () => {
  const ids = new Set();
  let pages = 0;
  for (let page = await client.search({ resourceType: 'Flag', searchParams: { patient: patient.id, _count: 1 } }); page; page = await client.nextPage({ bundle: page })) {
    pages += 1;
    assert.equal(page.entry.length, 1);
    assert.ok(page.link.every(link => link.url.startsWith(`${house.fhir}/`)));
    assert.equal(page.entry[0].fullUrl, `${house.fhir}/Flag/${page.entry[0].resource.id}`);
    ids.add(page.entry[0].resource.id);
    assert.equal(client.prevPage({ bundle: page }), undefined);
  }

  assert.equal(pages, 2);
  assert.equal(ids.size, 2);
});

test('searches with GET and with POST alike, sorted and with codes', async () => {
  const searchParams = { patient: patient.id, code: 'avoid-heavy-lifting,heart-rate-ceiling', _sort: '-date', 'category:missing': 'false' };
  const got = await client.search({ resourceType: 'Flag', searchParams });
  const posted = await client.search({ resourceType: 'Flag', searchParams, options: { postSearch: true } });
  assert.ok(got.entry.length > 0);
  assert.deepEqual(posted.entry, got.entry);
});

test('reads by id and resolves references', async () => {
  const { entry } = await client.search({ resourceType: 'Goal', searchParams: { patient: patient.id } });
  const goal = await client.read({ resourceType: 'Goal', id: entry[0].resource.id });
  const subject = await client.resolve({ reference: goal.subject.reference });
  assert.deepEqual(goal, entry[0].resource);
  assert.equal(subject.id, patient.id);
});

test('creates an entry once, however often it is sent with the same key', async () => {
  const options = { headers: { 'Idempotency-Key': 'visit-1' } };
  const body = visit(patient.id);
  const created = await client.create({ resourceType: 'DocumentReference', body, options });
  const again = await client.create({ resourceType: 'DocumentReference', body, options });
  const [first, second] = [created, again].map(one => Client.httpFor(one).response);
  assert.equal(first.status, 201);
  assert.match(first.headers.get('location'), new RegExp(`^${house.fhir}/DocumentReference/[A-Za-z0-9.-]{64}$`));
  assert.equal(second.headers.get('location'), first.headers.get('location'));
  assert.deepEqual(created.issue.map(issue => issue.severity), ['information', 'information']);
  assert.ok(first.headers.get('sisote-receipt').includes(created.issue[0].diagnostics));
});

test('sends a transaction', async () => {
  const entries = [visit(patient.id), walking(patient.id)].map(resource => ({ resource, request: { method: 'POST', url: resource.resourceType } }));
  const answer = await client.transaction({ body: { resourceType: 'Bundle', type: 'transaction', entry: entries } });
  assert.equal(answer.type, 'transaction-response');
  assert.deepEqual(answer.entry.map(entry => entry.response.status), ['201 Created', '201 Created']);
});

test('is told what is wrong as an OperationOutcome', async () => {
  await refused(client.search({ resourceType: 'Flag', searchParams: { patient: patient.id, _include: 'Flag:author' } }), 400);
  await refused(client.search({ resourceType: 'Flag', compartment: { resourceType: 'Patient', id: patient.id } }), 404);
  await refused(client.read({ resourceType: 'Flag', id: 'A'.repeat(64) }), 404);
  await refused(client.history({ resourceType: 'Flag' }), 501);
  await refused(client.update({ resourceType: 'Flag', id: 'x', body: { resourceType: 'Flag' } }), 405);
  await refused(client.delete({ resourceType: 'Flag', id: 'x' }), 405);
  await refused(client.create({ resourceType: 'DocumentReference', body: { ...visit(patient.id), description: 'words' } }), 422);
  await refused(client.operation({ name: '$everything', resourceType: 'Patient', id: patient.id }), 404);
  await refused(new Client({ baseUrl: house.fhir }).read({ resourceType: 'Patient', id: patient.id }), 401);
});

async function refused(call, status) {
  await assert.rejects(call, error => {
    assert.equal(error.response.status, status);
    assert.equal(error.response.data.resourceType, 'OperationOutcome');
    return true;
  });
}
