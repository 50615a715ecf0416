"""python-memcached and pymemcache through the proxy, told nothing but the address. Usage: memcached_py.py PORT"""
import sys
import unittest

import memcache
from pymemcache.client.base import Client

PORT = int(sys.argv.pop())


class PythonMemcached(unittest.TestCase):
    def setUp(self):
        self.client = memcache.Client(["127.0.0.1:%d" % PORT])

    def tearDown(self):
        self.client.disconnect_all()

    def test_stores_and_deletes(self):
        self.assertTrue(self.client.set("k", {"a": [1, 2]}))
        self.assertEqual(self.client.get("k"), {"a": [1, 2]})
        self.assertTrue(self.client.delete("k"))  # with a time behind the key in some versions
        self.assertTrue(self.client.delete("k", 0))
        self.assertIsNone(self.client.get("k"))

    def test_many_keys(self):
        values = {"key%d" % i: "value%d" % i for i in range(200)}
        self.assertEqual(self.client.set_multi(values), [])
        self.assertEqual(self.client.get_multi(list(values) + ["nosuch"]), values)
        self.assertTrue(self.client.delete_multi(list(values)))
        self.assertEqual(self.client.get_multi(list(values)), {})

    def test_counts(self):
        self.client.set("n", "1")
        self.assertEqual(self.client.incr("n", 9), 10)
        self.assertEqual(self.client.decr("n"), 9)
        self.assertEqual(self.client.touch("n", 100), 1)

    def test_statistics(self):
        self.assertEqual(self.client.get_stats()[0][1]["pool"], "alpha")


class Pymemcache(unittest.TestCase):
    def setUp(self):
        self.client = Client(("127.0.0.1", PORT))

    def tearDown(self):
        self.client.quit()

    def test_waits_for_no_reply_by_default(self):
        for i in range(200):
            self.assertTrue(self.client.set("k%d" % i, "v%d" % i))
            self.client.append("k%d" % i, "+")
        found = self.client.get_many(["k%d" % i for i in range(200)])
        self.assertEqual(found, {"k%d" % i: b"v%d+" % i for i in range(200)})
        self.client.delete("k0")
        self.assertIsNone(self.client.get("k0"))

    def test_stores_on_conditions(self):
        self.assertFalse(self.client.replace("p", "1", noreply=False))
        self.assertTrue(self.client.add("p", "2", noreply=False))
        value, cas = self.client.gets("p")
        self.assertEqual(value, b"2")
        self.assertTrue(self.client.cas("p", "3", cas, noreply=False))
        self.assertFalse(self.client.cas("p", "4", cas, noreply=False))
        self.assertTrue(self.client.touch("p", 100, noreply=False))
        self.assertTrue(self.client.delete("p", noreply=False))

    def test_says_what_is_wrong(self):
        self.assertTrue(self.client.version().startswith(b"1.6"))
        with self.assertRaises(Exception) as refused:
            self.client.flush_all(noreply=False)
        self.assertIn("flush_all not allowed", str(refused.exception))
        self.assertTrue(self.client.set("after", "1", noreply=False))


if __name__ == "__main__":
    unittest.main()
