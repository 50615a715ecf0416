// memcache-client through the proxy, told nothing but the address. Usage: node memcache-client.js PORT
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { MemcacheClient } from 'memcache-client';

const port = Number(process.argv[2]);
const client = new MemcacheClient({ server: `127.0.0.1:${port}` });

after(() => client.shutdown());

test('stores text and reads keys of all servers at once', async () => {
    const keys = Array.from({ length: 100 }, (_, i) => `key${i}`);
    await Promise.all(keys.map(key => client.set(key, `value of ${key}`)));
    const found = await client.get([...keys, 'nosuch']);
    assert.equal(Object.keys(found).length, 100);
    assert.equal(found.key7.value, 'value of key7');
    assert.equal(await client.get('nosuch'), undefined);
});

test('counts, touches and deletes', async () => {
    await client.set('n', '10');
    assert.equal(await client.incr('n', 5), '15');
    assert.deepEqual(await client.touch('n', '1000'), ['TOUCHED']);
    assert.deepEqual(await client.delete('n'), ['DELETED']);
});

test('waits for no reply that it does not want', async () => {
    await client.set('quiet', '1', { noreply: true });
    assert.equal((await client.get('quiet')).value, '1');
});
