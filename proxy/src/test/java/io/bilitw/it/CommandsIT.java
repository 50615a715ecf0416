package io.bilitw.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.bilitw.testkit.KeysOn;
import io.bilitw.testkit.ProxiedServers;
import io.bilitw.testkit.RedisServer;
import io.bilitw.testkit.Resp;
import io.bilitw.testkit.RespClient;
import io.bilitw.testkit.Response;
import io.bilitw.testkit.SideBySide;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every class of command that acts on keys, answered through the proxy exactly as one redis answers
 * it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandsIT {

    private final ProxiedServers servers = ProxiedServers.start(3);
    private final RedisServer plain = RedisServer.start();
    private final KeysOn keysOn = servers.keysOn();
    private SideBySide both = connect();

    private SideBySide connect() {
        return new SideBySide(servers.client(), plain.client());
    }

    @BeforeEach
    void empty() {
        servers.flush();
        plain.ask("FLUSHALL");
        both = connect();
    }

    @AfterEach
    void disconnect() {
        both.close();
    }

    @AfterAll
    void stop() {
        try (plain) {
            servers.close();
        }
    }

    @Test
    void answersStrings() {
        both.agree(
                "SET k v",
                "GET k",
                "SET k w XX GET",
                "SET k x NX",
                "set k v",
                "gEt k",
                "GET missing");
        both.agree(
                "APPEND k tail",
                "STRLEN k",
                "GETRANGE k 1 3",
                "SUBSTR k 0 1",
                "SETRANGE k 2 Z",
                "GETSET k n");
        both.agree(
                "GETDEL k",
                "GETEX k",
                "SETNX k 1",
                "SETEX e 100 v",
                "PSETEX p 100000 v",
                "GETEX e PERSIST");
        both.agree("INCR n", "INCRBY n 41", "DECR n", "DECRBY n 2", "INCRBYFLOAT n 0.5", "GET n");
        both.agree("SET {l}a ohmytext", "SET {l}b mynewtext", "LCS {l}a {l}b", "LCS {l}a {l}b LEN");
        both.agree("MSETNX {m}a 1 {m}b 2", "MSETNX {m}b 3 {m}c 4", "MGET {m}a {m}b {m}c");
    }

    @Test
    void answersBits() {
        both.agree(
                "SETBIT b 7 1",
                "GETBIT b 7",
                "GETBIT b 100",
                "BITCOUNT b",
                "BITCOUNT b 0 0 BYTE",
                "BITPOS b 1");
        both.agree("BITFIELD b SET u8 8 200 GET u8 8 INCRBY i5 3 1 OVERFLOW FAIL INCRBY u2 0 3");
        both.agree("BITFIELD_RO b GET u4 0", "SETBIT {t}x 1 1", "SETBIT {t}y 2 1");
        both.agree("BITOP OR {t}z {t}x {t}y", "GET {t}z", "BITOP NOT {t}n {t}x", "BITCOUNT {t}n");
    }

    @Test
    void answersKeys() {
        both.agree(
                "SET k v",
                "TYPE k",
                "TYPE missing",
                "EXPIRE k 1000",
                "PERSIST k",
                "TTL k",
                "PTTL k",
                "TTL missing");
        both.agree(
                "EXPIREAT k 33177117420",
                "EXPIRETIME k",
                "PEXPIREAT k 33177117420000",
                "PEXPIRETIME k");
        both.agree(
                "PEXPIRE k 100000 GT", "EXPIRE k 10 NX", "OBJECT ENCODING k", "OBJECT REFCOUNT k");
        both.agree(
                "SET {r}a 1",
                "RENAME {r}a {r}b",
                "RENAMENX {r}b {r}c",
                "GET {r}c",
                "COPY {r}c {r}d",
                "GET {r}d");
        both.agree("DEL k", "UNLINK {r}c", "EXISTS {r}d", "TOUCH {r}d", "EXISTS {r}c");
    }

    @Test
    void dumpsAndRestoresBinaryValues() {
        byte[] value = new byte[512];
        for (int i = 0; i < value.length; i++) {
            value[i] = (byte) i;
        }
        both.agree(List.of(Resp.bytes("SET"), Resp.bytes("\r\n\0k"), value));
        Response dump = both.agree(List.of(Resp.bytes("DUMP"), Resp.bytes("\r\n\0k")));
        byte[] dumped = Resp.bytes(String.valueOf(dump.value()));
        both.agree(List.of(Resp.bytes("RESTORE"), Resp.bytes("copy"), Resp.bytes("0"), dumped));
        both.agree("GET copy");
    }

    @Test
    void answersHashes() {
        both.agree(
                "HSET h f v g w",
                "HGET h f",
                "HGET h missing",
                "HMSET h a 1 b 2",
                "HMGET h f b missing",
                "HLEN h");
        both.agree(
                "HEXISTS h f",
                "HSTRLEN h f",
                "HSETNX h f x",
                "HINCRBY h a 5",
                "HINCRBYFLOAT h b 0.25");
        both.agree(
                "HGETALL h",
                "HKEYS h",
                "HVALS h",
                "HDEL h f g",
                "HSCAN h 0",
                "HSET one f v",
                "HRANDFIELD one");
        both.agree("HRANDFIELD one 1 WITHVALUES");
    }

    @Test
    void answersLists() {
        both.agree(
                "RPUSH l a b c",
                "LPUSH l z",
                "LRANGE l 0 -1",
                "LLEN l",
                "LINDEX l 1",
                "LSET l 1 A",
                "LPOS l c");
        both.agree(
                "LINSERT l BEFORE b x",
                "LREM l 1 x",
                "LTRIM l 0 10",
                "LPOP l",
                "RPOP l 2",
                "LPUSHX l y");
        both.agree("RPUSHX missing y", "LRANGE l 0 -1", "RPUSH {t}a 1 2 3", "RPOPLPUSH {t}a {t}b");
        both.agree(
                "LMOVE {t}a {t}b LEFT RIGHT",
                "LRANGE {t}b 0 -1",
                "LMPOP 2 {t}none {t}b LEFT COUNT 5");
        both.agree("LMPOP 1 missing RIGHT");
    }

    @Test
    void answersSets() {
        both.agree(
                "SADD s 1 2 3",
                "SCARD s",
                "SISMEMBER s 2",
                "SMISMEMBER s 1 9",
                "SMEMBERS s",
                "SREM s 1",
                "SSCAN s 0");
        both.agree(
                "SADD one x", "SRANDMEMBER one", "SPOP one", "SADD {t}a 1 2 3", "SADD {t}b 2 3 4");
        both.agree(
                "SINTER {t}a {t}b",
                "SUNION {t}a {t}b",
                "SDIFF {t}a {t}b",
                "SINTERCARD 2 {t}a {t}b LIMIT 1");
        both.agree(
                "SINTERSTORE {t}i {t}a {t}b",
                "SUNIONSTORE {t}u {t}a {t}b",
                "SDIFFSTORE {t}d {t}a {t}b");
        both.agree("SMOVE {t}a {t}b 1", "SMEMBERS {t}b", "SMEMBERS {t}u");
    }

    @Test
    void answersSortedSets() {
        both.agree(
                "ZADD z 1 a 2 b 3 c",
                "ZADD z XX CH 5 a",
                "ZCARD z",
                "ZSCORE z b",
                "ZMSCORE z a missing",
                "ZRANK z b");
        both.agree(
                "ZREVRANK z b",
                "ZINCRBY z 1.5 b",
                "ZCOUNT z (1 +inf",
                "ZLEXCOUNT z - +",
                "ZRANGE z 0 -1 WITHSCORES");
        both.agree(
                "ZRANGEBYSCORE z 1 9 LIMIT 0 1",
                "ZREVRANGE z 0 -1",
                "ZREVRANGEBYSCORE z 9 1",
                "ZRANGEBYLEX z - +");
        both.agree(
                "ZREVRANGEBYLEX z + -",
                "ZSCAN z 0",
                "ZPOPMIN z",
                "ZPOPMAX z 1",
                "ZREM z a",
                "ZADD one 1 x");
        both.agree(
                "ZRANDMEMBER one",
                "ZREMRANGEBYRANK one 5 6",
                "ZREMRANGEBYSCORE one 5 6",
                "ZREMRANGEBYLEX one [y [z");
    }

    @Test
    void answersSortedSetsOfOneServer() {
        both.agree("ZADD {t}a 1 x 2 y", "ZADD {t}b 10 y 20 z");
        both.agree(
                "ZUNION 2 {t}a {t}b WITHSCORES",
                "ZINTER 2 {t}a {t}b",
                "ZDIFF 2 {t}a {t}b WITHSCORES");
        both.agree(
                "ZINTERCARD 2 {t}a {t}b", "ZUNIONSTORE {t}u 2 {t}a {t}b WEIGHTS 2 3 AGGREGATE MAX");
        both.agree(
                "ZINTERSTORE {t}i 2 {t}a {t}b",
                "ZDIFFSTORE {t}d 2 {t}a {t}b",
                "ZRANGESTORE {t}r {t}u 0 1");
        both.agree(
                "ZRANGE {t}u 0 -1 WITHSCORES",
                "ZRANGE {t}r 0 -1",
                "ZMPOP 2 {t}none {t}a MIN COUNT 2",
                "ZMPOP 1 {t}none MAX");
    }

    @Test
    void answersGeo() {
        both.agree(
                "GEOADD g 13.361389 38.115556 Palermo 15.087269 37.502669 Catania",
                "GEOPOS g Palermo none");
        both.agree(
                "GEODIST g Palermo Catania km",
                "GEOHASH g Palermo",
                "GEORADIUS g 15 37 200 km ASC");
        both.agree(
                "GEORADIUS_RO g 15 37 200 km WITHDIST ASC",
                "GEORADIUSBYMEMBER g Palermo 200 km ASC");
        both.agree("GEOSEARCH g FROMLONLAT 15 37 BYRADIUS 200 km ASC WITHCOORD");
        both.agree(
                "GEOADD {t}g 13 38 a",
                "GEOSEARCHSTORE {t}d {t}g FROMMEMBER a BYBOX 9 9 km",
                "ZCARD {t}d");
        both.agree("GEORADIUS {t}g 13 38 10 km STORE {t}e", "ZCARD {t}e");
    }

    @Test
    void answersHyperLogLogs() {
        both.agree(
                "PFADD p a b c",
                "PFCOUNT p",
                "PFADD {t}x 1 2",
                "PFADD {t}y 2 3",
                "PFMERGE {t}z {t}x {t}y");
        both.agree("PFCOUNT {t}z", "PFCOUNT {t}x {t}y");
    }

    @Test
    void answersStreams() {
        both.agree(
                "XADD s 1-1 f v",
                "XADD s MAXLEN 100 2-1 f w",
                "XLEN s",
                "XRANGE s - +",
                "XREVRANGE s + - COUNT 1");
        both.agree(
                "XREAD COUNT 10 STREAMS s 0",
                "XREAD STREAMS s $",
                "XDEL s 1-1",
                "XTRIM s MAXLEN 10",
                "XSETID s 9-9");
        both.agree(
                "XGROUP CREATE s grp 0",
                "XGROUP CREATECONSUMER s grp bob",
                "XREADGROUP GROUP grp bob COUNT 1 STREAMS s >");
        both.agree(
                "XREADGROUP GROUP grp bob NOACK STREAMS s 0",
                "XPENDING s grp",
                "XCLAIM s grp amy 0 2-1 JUSTID");
        both.agree(
                "XAUTOCLAIM s grp bob 0 0 JUSTID",
                "XACK s grp 2-1",
                "XINFO GROUPS s",
                "XGROUP SETID s grp 0");
        both.agree("XGROUP DELCONSUMER s grp bob", "XGROUP DESTROY s grp");
        both.agree("XADD {t}a 1-1 f v", "XADD {t}b 1-1 f v", "XREAD STREAMS {t}a {t}b 0 0");
    }

    @Test
    void runsScriptsOnTheServerOfTheirFirstKey() {
        both.agree(
                List.of(
                        Resp.bytes("EVAL"),
                        Resp.bytes("return {KEYS[1],ARGV[1]}"),
                        Resp.bytes("1"),
                        Resp.bytes("k"),
                        Resp.bytes("a")));
        both.agree(
                "SET k v",
                "EVAL_RO return(redis.call('get',KEYS[1])) 1 k",
                "EVAL return({1,{2,{3}},false}) 1 k");
        String load = "return(redis.call('incr',KEYS[1]))";
        String sha = String.valueOf(plain.ask("SCRIPT", "LOAD", load).value());
        servers.servers().forEach(server -> server.ask("SCRIPT", "LOAD", load));
        both.agree("EVALSHA " + sha + " 1 counter", "EVALSHA " + sha + " 1 counter", "GET counter");
        both.agreeOnError("EVALSHA ffffffffffffffffffffffffffffffffffffffff 1 k");
    }

    @Test
    void callsFunctionsOnTheServerOfTheirFirstKey() {
        String library =
                "#!lua name=lib\n"
                        + "redis.register_function{function_name='read', callback=function(keys)"
                        + " return redis.call('get', keys[1]) end, flags={'no-writes'}}";
        plain.ask("FUNCTION", "LOAD", "REPLACE", library);
        servers.servers().forEach(server -> server.ask("FUNCTION", "LOAD", "REPLACE", library));
        both.agree("SET k v", "FCALL read 1 k", "FCALL_RO read 1 k");
    }

    @Test
    void sorts() {
        both.agree(
                "RPUSH l 3 1 2",
                "SORT l",
                "SORT_RO l DESC",
                "RPUSH {t}l b a",
                "SORT {t}l ALPHA STORE {t}d");
        both.agree("LRANGE {t}d 0 -1");
    }

    @Test
    void passesOnTheServersOwnErrors() {
        both.agree("SET k v", "RPUSH l x");
        both.agreeOnError(
                "LPUSH k x",
                "INCR k",
                "GET l",
                "SET k",
                "GETRANGE k a b",
                "HSET k f",
                "OBJECT ENCODING");
        both.agreeOnError(
                "XADD s 0-0 f v",
                "EVAL return(redis.error_reply('OWN_error')) 1 k",
                "ZADD z notafloat m");
    }

    @Test
    void acceptsEmptyKeysAndValues() {
        both.agree("SET  ", "GET ", "SET k ", "GET k", "STRLEN ", "DEL ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RENAME %s %s",
                "RENAMENX %s %s",
                "COPY %s %s",
                "SMOVE %s %s m",
                "RPOPLPUSH %s %s",
                "LMOVE %s %s LEFT LEFT",
                "LCS %s %s",
                "MSETNX %s 1 %s 2",
                "BITOP AND %s %s",
                "PFMERGE %s %s",
                "PFCOUNT %s %s",
                "SINTER %s %s",
                "SUNION %s %s",
                "SDIFFSTORE %s %s",
                "SINTERCARD 2 %s %s",
                "ZUNION 2 %s %s",
                "ZINTER 2 %s %s",
                "ZDIFF 2 %s %s",
                "ZUNIONSTORE %s 1 %s",
                "ZRANGESTORE %s %s 0 1",
                "LMPOP 2 %s %s LEFT",
                "ZMPOP 2 %s %s MIN",
                "XREAD STREAMS %s %s 0 0",
                "GEOSEARCHSTORE %s %s FROMLONLAT 1 1 BYRADIUS 1 km",
            })
    void refusesKeysOfDifferentServersThatMustLiveOnOne(String command) {
        String first = keysOn.of(servers.server(0));
        String second = keysOn.of(servers.server(2));
        try (RespClient client = servers.client()) {
            Response answer = client.call(command.formatted(first, second).split(" ", -1));
            assertThat(answer.text()).startsWith("-CROSSSLOT ").endsWith("\r\n");
            assertThat(client.call("GET", first).text()).isEqualTo("$-1\r\n");
        }
    }
}
