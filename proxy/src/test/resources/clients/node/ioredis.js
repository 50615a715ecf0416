// ioredis through the proxy, told nothing but the address. Usage: node ioredis.js PORT
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Redis } from 'ioredis';

const port = Number(process.argv[2]);
const numbered = prefix => Array.from({ length: 30 }, (_, i) => prefix + i);
let redis;

before(() => { redis = new Redis(port); });
after(() => redis.quit());

test('stores text and bytes', async () => {
    const everything = Buffer.from([0, 13, 10, 255, 36, 0]);
    assert.equal(await redis.set('text', 'grüße'), 'OK');
    assert.equal(await redis.get('text'), 'grüße');
    assert.equal(await redis.get('nosuch'), null);
    assert.equal(await redis.set(everything, everything), 'OK');
    assert.deepEqual(await redis.getBuffer(everything), everything);
    assert.equal(await redis.incrby('number', 42), 42);
});

test('takes an address as text', async () => {
    const other = new Redis(`redis://127.0.0.1:${port}/0`);
    assert.equal(await other.set('url', 'x'), 'OK');
    assert.equal(await other.get('url'), 'x');
    assert.equal(await other.quit(), 'OK');
});

test('joins keys of all servers', async () => {
    const keys = numbered('k'), values = numbered('v');
    assert.equal(await redis.mset(...keys.flatMap((key, i) => [key, values[i]])), 'OK');
    assert.deepEqual(await redis.mget(keys), values);
    assert.deepEqual(await redis.mget('k1', 'nosuch'), ['v1', null]);
    assert.equal(await redis.exists(...keys), 30);
    assert.equal(await redis.unlink('k0', 'nosuch'), 1);
    assert.equal(await redis.del(...keys), 29);
});

test('answers a pipeline in order', async () => {
    const pipeline = redis.pipeline();
    const expected = [];
    for (let i = 0; i < 1000; i++) {
        pipeline.set(`p${i}`, i).get(`p${i}`);
        expected.push([null, 'OK'], [null, String(i)]);
    }
    assert.deepEqual(await pipeline.exec(), expected);
});

test('keeps collections', async () => {
    assert.equal(await redis.hset('hash', { a: 1, b: 2 }), 2);
    assert.deepEqual(await redis.hgetall('hash'), { a: '1', b: '2' });
    assert.equal(await redis.rpush('list', 'a', 'b', 'c'), 3);
    assert.deepEqual(await redis.lrange('list', 0, -1), ['a', 'b', 'c']);
    assert.equal(await redis.sadd('set', 'a', 'b'), 2);
    assert.deepEqual((await redis.smembers('set')).sort(), ['a', 'b']);
    assert.equal(await redis.zadd('sorted', 1.5, 'a', 2, 'b'), 2);
    assert.equal(Number(await redis.zscore('sorted', 'a')), 1.5);
    assert.deepEqual(await redis.zrange('sorted', 0, -1), ['a', 'b']);
});

test('reads a stream', async () => {
    const id = await redis.xadd('stream', '*', 'field', 'value');
    assert.deepEqual(
        await redis.xread('COUNT', 5, 'STREAMS', 'stream', '0'),
        [['stream', [[id, ['field', 'value']]]]]);
});

test('runs a script where its key is', async () => {
    const lua = "redis.call('set', KEYS[1], ARGV[1]) return {KEYS[1], 7}";
    assert.deepEqual(await redis.eval(lua, 1, 'a', 'value'), ['a', 7]);
    redis.defineCommand('store', { numberOfKeys: 1, lua });
    assert.deepEqual(await redis.store('b', 'value'), ['b', 7]);
    assert.equal(await redis.get('b'), 'value');
});

test('lives on after a refused command', async () => {
    const id = await redis.client('ID');
    await assert.rejects(redis.call('NOSUCH', 'a'), /ERR unknown command 'NOSUCH'/);
    await assert.rejects(redis.keys('*'), /keys/);
    await assert.rejects(redis.select(1), /ERR/);
    await redis.set('word', 'x');
    await assert.rejects(redis.lpop('word'), /WRONGTYPE/);
    assert.equal(await redis.get('word'), 'x');
    assert.equal(await redis.client('ID'), id);
});

test('learns whom it talks to', async () => {
    assert.equal(await redis.ping(), 'PONG');
    assert.equal(await redis.echo('hello'), 'hello');
    assert.equal(await redis.select(0), 'OK');
    assert.equal(await redis.client('SETNAME', 'me'), 'OK');
    assert.equal(await redis.client('GETNAME'), 'me');
    assert.match(await redis.client('INFO'), /name=me .*lib-name=ioredis/);
    assert.match(await redis.info(), /redis_version:/);
    assert.match(await redis.info('server'), /redis_version:/);
    assert.deepEqual(await redis.config('GET', 'save'), []);
    assert.equal((await redis.time()).length, 2);
});

test('serves many connections', async () => {
    const clients = Array.from({ length: 20 }, () => new Redis(port));
    await Promise.all(clients.map(async (client, number) => {
        for (let i = 0; i < 50; i++) {
            await client.set(`c${number}`, i);
            assert.equal(await client.get(`c${number}`), String(i));
        }
    }));
    await Promise.all(clients.map(client => client.quit()));
});
