// memcached (3rd-Eden) through the proxy, told nothing but the address. Usage: node memcached.js PORT
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import Memcached from 'memcached';

const port = Number(process.argv[2]);
const client = new Memcached(`127.0.0.1:${port}`);
const call = name => promisify(client[name]).bind(client);

after(() => client.end());

test('stores text, numbers, bytes and objects', async () => {
    const everything = Buffer.from([0, 13, 10, 255, 36, 0]);
    assert.equal(await call('set')('text', 'grüße', 0), true);
    assert.equal(await call('get')('text'), 'grüße');
    assert.equal(await call('get')('nosuch'), undefined);
    assert.equal(await call('set')('number', 42, 0), true);
    assert.equal(await call('get')('number'), 42);
    assert.equal(await call('set')('bytes', everything, 0), true);
    assert.deepEqual(await call('get')('bytes'), everything);
    assert.equal(await call('set')('object', { a: [1, 2] }, 0), true);
    assert.deepEqual(await call('get')('object'), { a: [1, 2] });
});

test('stores on conditions', async () => {
    await assert.rejects(call('replace')('k', '1', 0));
    assert.equal(await call('add')('k', '2', 0), true);
    await assert.rejects(call('add')('k', '3', 0));
    assert.equal(await call('append')('k', 'b'), true);
    assert.equal(await call('prepend')('k', 'a'), true);
    const found = await call('gets')('k');
    assert.equal(found.k, 'a2b');
    assert.equal(await call('cas')('k', 'x', found.cas, 0), true);
    assert.equal(await call('cas')('k', 'y', found.cas, 0), false);
    assert.equal(await call('touch')('k', 1000), true);
    assert.equal(await call('del')('k'), true);
    assert.equal(await call('del')('k'), false);
});

test('counts', async () => {
    assert.equal(await call('incr')('none', 1), false);
    assert.equal(await call('set')('n', 10, 0), true);
    assert.equal(await call('incr')('n', 5), 15);
    assert.equal(await call('decr')('n', 20), 0);
});

test('reads keys of all servers at once', async () => {
    const keys = Array.from({ length: 200 }, (_, i) => `key${i}`);
    await Promise.all(keys.map(key => call('set')(key, `value of ${key}`, 0)));
    const found = await call('getMulti')([...keys, 'nosuch']);
    assert.deepEqual(found, Object.fromEntries(keys.map(key => [key, `value of ${key}`])));
});

test('passes large values', async () => {
    const large = 'x'.repeat(900_000);
    assert.equal(await call('set')('large', large, 0), true);
    assert.equal(await call('get')('large'), large);
});

test('asks for version and statistics', async () => {
    const [version] = await call('version')();
    assert.match(version.version, /^1\.6/);
    const [stats] = await call('stats')();
    assert.equal(stats.pool, 'alpha');
});
