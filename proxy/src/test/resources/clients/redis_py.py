"""redis-py through the proxy, told nothing but the address. Usage: redis_py.py PORT"""

import sys
import threading
import unittest

import redis

PORT = int(sys.argv.pop())


def numbered(prefix):
    return [f"{prefix}{i}" for i in range(30)]


class RedisPy(unittest.TestCase):
    def setUp(self):
        self.redis = redis.Redis(port=PORT)
        self.addCleanup(self.redis.close)
        self.key = self.id()  # a key of the test's own

    def test_stores_text_and_bytes(self):
        everything = bytes(range(256)) + b"\r\n$-1\r\n"
        self.assertTrue(self.redis.set("text", "grüße"))
        self.assertEqual("grüße".encode(), self.redis.get("text"))
        self.assertIsNone(self.redis.get("nosuch"))
        self.assertTrue(self.redis.set(everything, everything))
        self.assertEqual(everything, self.redis.get(everything))
        self.assertEqual(42, self.redis.incrby("number", 42))
        self.assertTrue(self.redis.expire("number", 100))

    def test_takes_an_address_and_text(self):
        url = f"redis://127.0.0.1:{PORT}/0"
        with redis.Redis.from_url(url, decode_responses=True) as client:
            client.set(self.key, "grüße")
            self.assertEqual("grüße", client.get(self.key))

    def test_joins_keys_of_all_servers(self):
        keys, values = numbered("k"), numbered("v")
        self.assertTrue(self.redis.mset(dict(zip(keys, values))))
        self.assertEqual([v.encode() for v in values], self.redis.mget(keys))
        self.assertEqual([b"v1", None], self.redis.mget("k1", "nosuch"))
        self.assertEqual(30, self.redis.exists(*keys))
        self.assertEqual(1, self.redis.unlink("k0", "nosuch"))
        self.assertEqual(29, self.redis.delete(*keys))

    def test_answers_a_pipeline_in_order(self):
        pipeline = self.redis.pipeline(transaction=False)
        for i in range(1000):
            pipeline.set(f"p{i}", i).get(f"p{i}")
        expected = [answer for i in range(1000) for answer in (True, str(i).encode())]
        self.assertEqual(expected, pipeline.execute())

    def test_keeps_collections(self):
        self.assertEqual(2, self.redis.hset(self.key + "h", mapping={"a": 1, "b": 2}))
        self.assertEqual({b"a": b"1", b"b": b"2"}, self.redis.hgetall(self.key + "h"))
        self.assertEqual(3, self.redis.rpush(self.key + "l", "a", "b", "c"))
        self.assertEqual([b"a", b"b", b"c"], self.redis.lrange(self.key + "l", 0, -1))
        self.assertEqual(2, self.redis.sadd(self.key + "s", "a", "b"))
        self.assertEqual({b"a", b"b"}, self.redis.smembers(self.key + "s"))
        self.assertEqual(2, self.redis.zadd(self.key + "z", {"a": 1.5, "b": 2}))
        self.assertEqual(
            [(b"a", 1.5), (b"b", 2.0)],
            self.redis.zrange(self.key + "z", 0, -1, withscores=True),
        )
        self.assertEqual([(b"a", 1.5)], self.redis.zpopmin(self.key + "z"))

    def test_reads_a_stream(self):
        number = self.redis.xadd(self.key, {"field": "value"})
        read = self.redis.xread({self.key: 0}, count=5)
        self.assertEqual([[self.key.encode(), [(number, {b"field": b"value"})]]], read)
        self.assertTrue(self.redis.xgroup_create(self.key, "group", id="0"))
        read = self.redis.xreadgroup("group", "me", {self.key: ">"})
        self.assertEqual(number, read[0][1][0][0])
        self.assertEqual(1, self.redis.xack(self.key, "group", number))

    def test_runs_a_script_where_its_key_is(self):
        text = "redis.call('set', KEYS[1], ARGV[1]) return {KEYS[1], 7}"
        self.assertEqual([b"a", 7], self.redis.eval(text, 1, "a", "value"))
        script = self.redis.register_script(text)
        self.assertEqual([b"b", 7], script(keys=["b"], args=["value"]))
        self.assertEqual(b"value", self.redis.get("b"))

    def test_lives_on_after_a_refused_command(self):
        client = self.redis.client()
        number = client.client_id()
        with self.assertRaisesRegex(redis.ResponseError, "unknown command 'NOSUCH'"):
            client.execute_command("NOSUCH", "a")
        with self.assertRaisesRegex(redis.ResponseError, "keys"):
            client.keys("*")
        with self.assertRaises(redis.ResponseError):
            client.select(1)
        client.set(self.key, "x")
        with self.assertRaisesRegex(redis.ResponseError, "WRONGTYPE"):
            client.lpop(self.key)
        self.assertEqual(b"x", client.get(self.key))
        self.assertEqual(number, client.client_id())
        client.close()

    def test_learns_whom_it_talks_to(self):
        client = self.redis.client()
        self.assertTrue(client.ping())
        self.assertEqual(b"hello", client.echo("hello"))
        self.assertTrue(client.select(0))
        self.assertTrue(client.client_setname("me"))
        self.assertEqual("me", client.client_getname())
        self.assertEqual("me", client.client_info()["name"])
        self.assertEqual(["me"], [each["name"] for each in client.client_list()])
        self.assertIn("redis_version", client.info())
        self.assertIn("redis_version", client.info("server"))
        self.assertEqual({}, client.config_get("save"))
        self.assertEqual(2, len(client.time()))
        self.assertGreater(client.command_count(), 200)
        self.assertIn("xadd", client.command())
        client.close()

    def test_serves_many_connections(self):
        failures = []

        def talk(name):
            try:
                with redis.Redis(port=PORT) as client:
                    for i in range(50):
                        client.set(name, i)
                        self.assertEqual(str(i).encode(), client.get(name))
            except Exception as e:
                failures.append(e)

        threads = [threading.Thread(target=talk, args=(f"t{i}",)) for i in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([], failures)


if __name__ == "__main__":
    unittest.main(verbosity=2)
