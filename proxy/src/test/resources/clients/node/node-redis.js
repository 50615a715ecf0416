// node-redis through the proxy, told nothing but the address. Usage: node node-redis.js PORT
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createClient, createClientPool, RESP_TYPES } from 'redis';

const url = `redis://127.0.0.1:${process.argv[2]}`;
const numbered = prefix => Array.from({ length: 30 }, (_, i) => prefix + i);
let redis;

before(async () => {
    redis = createClient({ url });
    redis.on('error', error => { throw error; }); // else it would try for ever
    await redis.connect();
});
after(() => redis.close());

test('stores text and bytes', async () => {
    const everything = Buffer.from([0, 13, 10, 255, 36, 0]);
    const bytes = redis.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
    assert.equal(await redis.set('text', 'grüße'), 'OK');
    assert.equal(await redis.get('text'), 'grüße');
    assert.equal(await redis.get('nosuch'), null);
    assert.equal(await redis.set(everything, everything), 'OK');
    assert.deepEqual(await bytes.get(everything), everything);
    assert.equal(await redis.incrBy('number', 42), 42);
});

test('joins keys of all servers', async () => {
    const keys = numbered('k'), values = numbered('v');
    assert.equal(await redis.mSet(keys.map((key, i) => [key, values[i]])), 'OK');
    assert.deepEqual(await redis.mGet(keys), values);
    assert.deepEqual(await redis.mGet(['k1', 'nosuch']), ['v1', null]);
    assert.equal(await redis.exists(keys), 30);
    assert.equal(await redis.unlink(['k0', 'nosuch']), 1);
    assert.equal(await redis.del(keys), 29);
});

test('answers a pipeline in order', async () => {
    const sent = [], expected = [];
    for (let i = 0; i < 1000; i++) {
        sent.push(redis.set(`p${i}`, String(i)), redis.get(`p${i}`));
        expected.push('OK', String(i));
    }
    assert.deepEqual(await Promise.all(sent), expected);
});

test('keeps collections', async () => {
    assert.equal(await redis.hSet('hash', { a: '1', b: '2' }), 2);
    assert.deepEqual({ ...await redis.hGetAll('hash') }, { a: '1', b: '2' });
    assert.equal(await redis.rPush('list', ['a', 'b', 'c']), 3);
    assert.deepEqual(await redis.lRange('list', 0, -1), ['a', 'b', 'c']);
    assert.equal(await redis.sAdd('set', ['a', 'b']), 2);
    assert.deepEqual((await redis.sMembers('set')).sort(), ['a', 'b']);
    assert.equal(await redis.sIsMember('set', 'a'), 1);
    const members = [{ value: 'a', score: 1.5 }, { value: 'b', score: 2 }];
    assert.equal(await redis.zAdd('sorted', members), 2);
    assert.equal(await redis.zScore('sorted', 'a'), 1.5);
    assert.deepEqual(await redis.zRangeWithScores('sorted', 0, -1), members);
    assert.deepEqual(await redis.zPopMin('sorted'), members[0]);
});

test('reads a stream', async () => {
    const id = await redis.xAdd('stream', '*', { field: 'value' });
    const [stream] = await redis.xRead({ key: 'stream', id: '0' });
    assert.equal(stream.name, 'stream');
    assert.equal(stream.messages.length, 1);
    assert.equal(stream.messages[0].id, id);
    assert.deepEqual({ ...stream.messages[0].message }, { field: 'value' });
});

test('runs a script where its key is', async () => {
    const script = "redis.call('set', KEYS[1], ARGV[1]) return {KEYS[1], 7}";
    const call = { keys: ['a'], arguments: ['value'] };
    assert.deepEqual(await redis.eval(script, call), ['a', 7]);
    assert.equal(await redis.get('a'), 'value');
});

test('lives on after a refused command', async () => {
    const id = await redis.clientId();
    await assert.rejects(redis.sendCommand(['NOSUCH', 'a']), /ERR unknown command 'NOSUCH'/);
    await assert.rejects(redis.keys('*'), /keys/);
    await redis.set('word', 'x');
    await assert.rejects(redis.lPop('word'), /WRONGTYPE/);
    assert.equal(await redis.get('word'), 'x');
    assert.equal(await redis.clientId(), id);
});

test('learns whom it talks to', async () => {
    assert.equal(await redis.ping(), 'PONG');
    assert.equal(await redis.echo('hello'), 'hello');
    assert.equal(await redis.clientSetName('me'), 'OK');
    assert.equal(await redis.clientGetName(), 'me');
    assert.equal((await redis.clientInfo()).name, 'me');
    assert.match(await redis.info(), /redis_version:/);
    assert.match(await redis.info('server'), /redis_version:/);
    assert.deepEqual({ ...await redis.configGet('save') }, {});
    assert.equal((await redis.time()).length, 2);
});

test('serves a pool of connections', async () => {
    const pool = createClientPool({ url }, { minimum: 20 });
    pool.on('error', error => { throw error; });
    await pool.connect();
    await Promise.all(numbered('c').map(async key => {
        for (let i = 0; i < 50; i++) {
            await pool.set(key, String(i));
            assert.equal(await pool.get(key), String(i));
        }
    }));
    await pool.close();
});
