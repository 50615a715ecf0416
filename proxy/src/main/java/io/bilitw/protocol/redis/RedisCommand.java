package io.bilitw.protocol.redis;

import static io.bilitw.protocol.redis.CommandFlag.ADMIN;
import static io.bilitw.protocol.redis.CommandFlag.BLOCKING;
import static io.bilitw.protocol.redis.CommandFlag.DENYOOM;
import static io.bilitw.protocol.redis.CommandFlag.FAST;
import static io.bilitw.protocol.redis.CommandFlag.NO_AUTH;
import static io.bilitw.protocol.redis.CommandFlag.PUB_SUB;
import static io.bilitw.protocol.redis.CommandFlag.READ;
import static io.bilitw.protocol.redis.CommandFlag.WRITE;
import static io.bilitw.protocol.redis.KeyRange.ALL;
import static io.bilitw.protocol.redis.KeyRange.FIRST;
import static io.bilitw.protocol.redis.KeyRange.FIRST_TWO;
import static io.bilitw.protocol.redis.KeyRange.NONE;
import static io.bilitw.protocol.redis.KeyRange.PAIRS;
import static io.bilitw.protocol.redis.KeySpec.counted;
import static io.bilitw.protocol.redis.KeySpec.countedPairs;
import static io.bilitw.protocol.redis.KeySpec.geoStore;
import static io.bilitw.protocol.redis.KeySpec.range;
import static io.bilitw.protocol.redis.KeySpec.script;
import static io.bilitw.protocol.redis.KeySpec.sort;
import static io.bilitw.protocol.redis.KeySpec.storeCounted;
import static io.bilitw.protocol.redis.KeySpec.streams;
import static io.bilitw.protocol.redis.KeySpec.subcommands;
import static io.bilitw.protocol.redis.PlainTreatment.FORWARDED;
import static io.bilitw.protocol.redis.PlainTreatment.REFUSED;

import io.bilitw.protocol.Handling;
import io.bilitw.protocol.RequestKind;
import io.bilitw.protocol.WordIndex;
import io.netty.buffer.ByteBuf;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The commands of redis up to 8.8 with its modules, one row a command: how many arguments it takes,
 * where its keys are, what becomes of it, what redis says of it.
 *
 * <p>A row with nothing between keys and flags is sent to the server of its keys. The numbers are
 * those of redis' own {@code COMMAND}; a test compares them with a real server, and {@code
 * docs/commands.md} is printed from here.
 */
enum RedisCommand {
    // Keys of any type
    COPY(-3, FIRST_TWO, WRITE, DENYOOM),
    DEL(-2, ALL, RedisSplit.DEL, WRITE),
    DUMP(2, FIRST, READ),
    EXISTS(-2, ALL, RedisSplit.EXISTS, READ, FAST),
    EXPIRE(-3, FIRST, WRITE, FAST),
    EXPIREAT(-3, FIRST, WRITE, FAST),
    EXPIRETIME(2, FIRST, READ, FAST),
    KEYS(2, NONE, REFUSED, READ),
    MIGRATE(-6, range(3, 3, 1), REFUSED, WRITE),
    MOVE(3, FIRST, REFUSED, WRITE, FAST),
    OBJECT(-2, subcommands("encoding", "freq", "idletime", "refcount")),
    PERSIST(2, FIRST, WRITE, FAST),
    PEXPIRE(-3, FIRST, WRITE, FAST),
    PEXPIREAT(-3, FIRST, WRITE, FAST),
    PEXPIRETIME(2, FIRST, READ, FAST),
    PTTL(2, FIRST, READ, FAST),
    RANDOMKEY(1, NONE, REFUSED, READ),
    RENAME(3, FIRST_TWO, WRITE),
    RENAMENX(3, FIRST_TWO, WRITE, FAST),
    RESTORE(-4, FIRST, WRITE, DENYOOM),
    SCAN(-2, NONE, REFUSED, READ),
    SORT(-2, sort(), WRITE, DENYOOM),
    SORT_RO(-2, sort(), READ),
    TOUCH(-2, ALL, RedisSplit.TOUCH, READ, FAST),
    TTL(2, FIRST, READ, FAST),
    TYPE(2, FIRST, READ, FAST),
    UNLINK(-2, ALL, RedisSplit.UNLINK, WRITE, FAST),
    WAIT(3, NONE, REFUSED),
    WAITAOF(4, NONE, REFUSED),

    // Strings
    APPEND(3, FIRST, WRITE, DENYOOM, FAST),
    DECR(2, FIRST, WRITE, DENYOOM, FAST),
    DECRBY(3, FIRST, WRITE, DENYOOM, FAST),
    DELEX(-2, FIRST, WRITE, FAST),
    DIGEST(2, FIRST, READ, FAST),
    GET(2, FIRST, READ, FAST),
    GETDEL(2, FIRST, WRITE, FAST),
    GETEX(-2, FIRST, WRITE, FAST),
    GETRANGE(4, FIRST, READ),
    GETSET(3, FIRST, WRITE, DENYOOM, FAST),
    INCR(2, FIRST, WRITE, DENYOOM, FAST),
    INCRBY(3, FIRST, WRITE, DENYOOM, FAST),
    INCRBYFLOAT(3, FIRST, WRITE, DENYOOM, FAST),
    INCREX(-2, FIRST, WRITE, DENYOOM, FAST),
    LCS(-3, FIRST_TWO, READ),
    MGET(-2, ALL, RedisSplit.MGET, READ, FAST),
    MSET(-3, PAIRS, RedisSplit.MSET, WRITE, DENYOOM),
    MSETEX(-4, countedPairs(1), WRITE, DENYOOM),
    MSETNX(-3, PAIRS, WRITE, DENYOOM),
    PSETEX(4, FIRST, WRITE, DENYOOM),
    SET(-3, FIRST, WRITE, DENYOOM),
    SETEX(4, FIRST, WRITE, DENYOOM),
    SETNX(3, FIRST, WRITE, DENYOOM, FAST),
    SETRANGE(4, FIRST, WRITE, DENYOOM),
    STRLEN(2, FIRST, READ, FAST),
    SUBSTR(4, FIRST, READ),

    // Bitmaps
    BITCOUNT(-2, FIRST, READ),
    BITFIELD(-2, FIRST, WRITE, DENYOOM),
    BITFIELD_RO(-2, FIRST, READ, FAST),
    BITOP(-4, range(2, -1, 1), WRITE, DENYOOM),
    BITPOS(-3, FIRST, READ),
    GETBIT(3, FIRST, READ, FAST),
    SETBIT(4, FIRST, WRITE, DENYOOM),

    // HyperLogLog
    PFADD(-2, FIRST, WRITE, DENYOOM, FAST),
    PFCOUNT(-2, ALL, READ),
    PFDEBUG(3, range(2, 2, 1), REFUSED, WRITE, DENYOOM, ADMIN),
    PFMERGE(-2, ALL, WRITE, DENYOOM),
    PFSELFTEST(1, NONE, REFUSED, ADMIN),

    // Hashes
    HDEL(-3, FIRST, WRITE, FAST),
    HEXISTS(3, FIRST, READ, FAST),
    HEXPIRE(-6, FIRST, WRITE, DENYOOM, FAST),
    HEXPIREAT(-6, FIRST, WRITE, DENYOOM, FAST),
    HEXPIRETIME(-5, FIRST, READ, FAST),
    HGET(3, FIRST, READ, FAST),
    HGETALL(2, FIRST, READ),
    HGETDEL(-5, FIRST, WRITE, FAST),
    HGETEX(-5, FIRST, WRITE, FAST),
    HINCRBY(4, FIRST, WRITE, DENYOOM, FAST),
    HINCRBYFLOAT(4, FIRST, WRITE, DENYOOM, FAST),
    HKEYS(2, FIRST, READ),
    HLEN(2, FIRST, READ, FAST),
    HMGET(-3, FIRST, READ, FAST),
    HMSET(-4, FIRST, WRITE, DENYOOM, FAST),
    HPERSIST(-5, FIRST, WRITE, FAST),
    HPEXPIRE(-6, FIRST, WRITE, DENYOOM, FAST),
    HPEXPIREAT(-6, FIRST, WRITE, DENYOOM, FAST),
    HPEXPIRETIME(-5, FIRST, READ, FAST),
    HPTTL(-5, FIRST, READ, FAST),
    HRANDFIELD(-2, FIRST, READ),
    HSCAN(-3, FIRST, READ),
    HSET(-4, FIRST, WRITE, DENYOOM, FAST),
    HSETEX(-6, FIRST, WRITE, DENYOOM, FAST),
    HSETNX(4, FIRST, WRITE, DENYOOM, FAST),
    HSTRLEN(3, FIRST, READ, FAST),
    HTTL(-5, FIRST, READ, FAST),
    HVALS(2, FIRST, READ),

    // Lists
    BLMOVE(6, FIRST_TWO, REFUSED, WRITE, DENYOOM, BLOCKING),
    BLMPOP(-5, counted(2), REFUSED, WRITE, BLOCKING),
    BLPOP(-3, range(1, -2, 1), REFUSED, WRITE, BLOCKING),
    BRPOP(-3, range(1, -2, 1), REFUSED, WRITE, BLOCKING),
    BRPOPLPUSH(4, FIRST_TWO, REFUSED, WRITE, DENYOOM, BLOCKING),
    LINDEX(3, FIRST, READ),
    LINSERT(5, FIRST, WRITE, DENYOOM),
    LLEN(2, FIRST, READ, FAST),
    LMOVE(5, FIRST_TWO, WRITE, DENYOOM),
    LMPOP(-4, counted(1), WRITE),
    LPOP(-2, FIRST, WRITE, FAST),
    LPOS(-3, FIRST, READ),
    LPUSH(-3, FIRST, WRITE, DENYOOM, FAST),
    LPUSHX(-3, FIRST, WRITE, DENYOOM, FAST),
    LRANGE(4, FIRST, READ),
    LREM(4, FIRST, WRITE),
    LSET(4, FIRST, WRITE, DENYOOM),
    LTRIM(4, FIRST, WRITE),
    RPOP(-2, FIRST, WRITE, FAST),
    RPOPLPUSH(3, FIRST_TWO, WRITE, DENYOOM),
    RPUSH(-3, FIRST, WRITE, DENYOOM, FAST),
    RPUSHX(-3, FIRST, WRITE, DENYOOM, FAST),

    // Sets
    SADD(-3, FIRST, WRITE, DENYOOM, FAST),
    SCARD(2, FIRST, READ, FAST),
    SDIFF(-2, ALL, READ),
    SDIFFSTORE(-3, ALL, WRITE, DENYOOM),
    SINTER(-2, ALL, READ),
    SINTERCARD(-3, counted(1), READ),
    SINTERSTORE(-3, ALL, WRITE, DENYOOM),
    SISMEMBER(3, FIRST, READ, FAST),
    SMEMBERS(2, FIRST, READ),
    SMISMEMBER(-3, FIRST, READ, FAST),
    SMOVE(4, FIRST_TWO, WRITE, FAST),
    SPOP(-2, FIRST, WRITE, FAST),
    SRANDMEMBER(-2, FIRST, READ),
    SREM(-3, FIRST, WRITE, FAST),
    SSCAN(-3, FIRST, READ),
    SUNION(-2, ALL, READ),
    SUNIONSTORE(-3, ALL, WRITE, DENYOOM),

    // Sorted sets
    BZMPOP(-5, counted(2), REFUSED, WRITE, BLOCKING),
    BZPOPMAX(-3, range(1, -2, 1), REFUSED, WRITE, FAST, BLOCKING),
    BZPOPMIN(-3, range(1, -2, 1), REFUSED, WRITE, FAST, BLOCKING),
    ZADD(-4, FIRST, WRITE, DENYOOM, FAST),
    ZCARD(2, FIRST, READ, FAST),
    ZCOUNT(4, FIRST, READ, FAST),
    ZDIFF(-3, counted(1), READ),
    ZDIFFSTORE(-4, storeCounted(), WRITE, DENYOOM),
    ZINCRBY(4, FIRST, WRITE, DENYOOM, FAST),
    ZINTER(-3, counted(1), READ),
    ZINTERCARD(-3, counted(1), READ),
    ZINTERSTORE(-4, storeCounted(), WRITE, DENYOOM),
    ZLEXCOUNT(4, FIRST, READ, FAST),
    ZMPOP(-4, counted(1), WRITE),
    ZMSCORE(-3, FIRST, READ, FAST),
    ZPOPMAX(-2, FIRST, WRITE, FAST),
    ZPOPMIN(-2, FIRST, WRITE, FAST),
    ZRANDMEMBER(-2, FIRST, READ),
    ZRANGE(-4, FIRST, READ),
    ZRANGEBYLEX(-4, FIRST, READ),
    ZRANGEBYSCORE(-4, FIRST, READ),
    ZRANGESTORE(-5, FIRST_TWO, WRITE, DENYOOM),
    ZRANK(3, FIRST, READ, FAST),
    ZREM(-3, FIRST, WRITE, FAST),
    ZREMRANGEBYLEX(4, FIRST, WRITE),
    ZREMRANGEBYRANK(4, FIRST, WRITE),
    ZREMRANGEBYSCORE(4, FIRST, WRITE),
    ZREVRANGE(-4, FIRST, READ),
    ZREVRANGEBYLEX(-4, FIRST, READ),
    ZREVRANGEBYSCORE(-4, FIRST, READ),
    ZREVRANK(3, FIRST, READ, FAST),
    ZSCAN(-3, FIRST, READ),
    ZSCORE(3, FIRST, READ, FAST),
    ZUNION(-3, counted(1), READ),
    ZUNIONSTORE(-4, storeCounted(), WRITE, DENYOOM),

    // Geo indexes
    GEOADD(-5, FIRST, WRITE, DENYOOM),
    GEODIST(-4, FIRST, READ),
    GEOHASH(-2, FIRST, READ),
    GEOPOS(-2, FIRST, READ),
    GEORADIUS(-6, geoStore(), WRITE, DENYOOM),
    GEORADIUS_RO(-6, FIRST, READ),
    GEORADIUSBYMEMBER(-5, geoStore(), WRITE, DENYOOM),
    GEORADIUSBYMEMBER_RO(-5, FIRST, READ),
    GEOSEARCH(-7, FIRST, READ),
    GEOSEARCHSTORE(-8, FIRST_TWO, WRITE, DENYOOM),

    // Streams
    XACK(-4, FIRST, WRITE, FAST),
    XACKDEL(-6, FIRST, WRITE, FAST),
    XADD(-5, FIRST, WRITE, DENYOOM, FAST),
    XAUTOCLAIM(-6, FIRST, WRITE, FAST),
    XCFGSET(-2, FIRST, WRITE, FAST),
    XCLAIM(-6, FIRST, WRITE, FAST),
    XDEL(-3, FIRST, WRITE, FAST),
    XDELEX(-5, FIRST, WRITE, FAST),
    XGROUP(-2, subcommands("create", "createconsumer", "delconsumer", "destroy", "setid")),
    XINFO(-2, subcommands("consumers", "groups", "stream")),
    XLEN(2, FIRST, READ, FAST),
    XNACK(-7, FIRST, WRITE, FAST),
    XPENDING(-3, FIRST, READ),
    XRANGE(-4, FIRST, READ),
    XREAD(-4, streams(), READ, BLOCKING),
    XREADGROUP(-7, streams(), WRITE, BLOCKING),
    XREVRANGE(-4, FIRST, READ),
    XSETID(-3, FIRST, WRITE, DENYOOM, FAST),
    XTRIM(-4, FIRST, WRITE),

    // Arrays (8.8)
    ARCOUNT(2, FIRST, READ),
    ARDEL(-3, FIRST, WRITE),
    ARDELRANGE(-4, FIRST, WRITE),
    ARGET(3, FIRST, READ),
    ARGETRANGE(4, FIRST, READ),
    ARGREP(-6, FIRST, READ),
    ARINFO(-2, FIRST, READ),
    ARINSERT(-3, FIRST, WRITE),
    ARLASTITEMS(-3, FIRST, READ),
    ARLEN(2, FIRST, READ),
    ARMGET(-3, FIRST, READ),
    ARMSET(-4, FIRST, WRITE),
    ARNEXT(2, FIRST, READ),
    AROP(-5, FIRST, READ),
    ARRING(-4, FIRST, WRITE),
    ARSCAN(-4, FIRST, READ),
    ARSEEK(3, FIRST, WRITE),
    ARSET(-4, FIRST, WRITE),

    // Vector sets (8.0)
    VADD(-5, FIRST, WRITE, DENYOOM),
    VCARD(2, FIRST, READ),
    VDIM(2, FIRST, READ),
    VEMB(-3, FIRST, READ),
    VGETATTR(3, FIRST, READ),
    VINFO(2, FIRST, READ),
    VISMEMBER(3, FIRST, READ),
    VLINKS(-3, FIRST, READ),
    VRANDMEMBER(-2, FIRST, READ),
    VRANGE(-4, FIRST, READ),
    VREM(3, FIRST, WRITE),
    VSETATTR(4, FIRST, WRITE),
    VSIM(-4, FIRST, READ),

    // JSON
    JSON_ARRAPPEND("json.arrappend", -3, FIRST, WRITE, DENYOOM),
    JSON_ARRINDEX("json.arrindex", -4, FIRST, READ),
    JSON_ARRINSERT("json.arrinsert", -5, FIRST, WRITE, DENYOOM),
    JSON_ARRLEN("json.arrlen", -2, FIRST, READ),
    JSON_ARRPOP("json.arrpop", -2, FIRST, WRITE),
    JSON_ARRTRIM("json.arrtrim", 5, FIRST, WRITE),
    JSON_CLEAR("json.clear", -2, FIRST, WRITE),
    JSON_DEBUG("json.debug", -2, subcommands("memory"), READ),
    JSON_DEL("json.del", -2, FIRST, WRITE),
    JSON_FORGET("json.forget", -2, FIRST, WRITE),
    JSON_GET("json.get", -2, FIRST, READ),
    JSON_MERGE("json.merge", 4, FIRST, WRITE, DENYOOM),
    JSON_MGET("json.mget", -3, range(1, -2, 1), READ),
    JSON_MSET("json.mset", -4, range(1, -3, 3), WRITE, DENYOOM),
    JSON_NUMINCRBY("json.numincrby", 4, FIRST, WRITE),
    JSON_NUMMULTBY("json.nummultby", 4, FIRST, WRITE),
    JSON_NUMPOWBY("json.numpowby", 4, FIRST, WRITE),
    JSON_OBJKEYS("json.objkeys", -2, FIRST, READ),
    JSON_OBJLEN("json.objlen", -2, FIRST, READ),
    JSON_RESP("json.resp", -2, FIRST, READ),
    JSON_SET("json.set", -4, FIRST, WRITE, DENYOOM),
    JSON_STRAPPEND("json.strappend", -3, FIRST, WRITE, DENYOOM),
    JSON_STRLEN("json.strlen", -2, FIRST, READ),
    JSON_TOGGLE("json.toggle", -2, FIRST, WRITE),
    JSON_TYPE("json.type", -2, FIRST, READ),

    // Bloom filters
    BF_ADD("bf.add", 3, FIRST, WRITE, DENYOOM),
    BF_CARD("bf.card", 2, FIRST, READ, FAST),
    BF_DEBUG("bf.debug", 2, FIRST, READ),
    BF_EXISTS("bf.exists", 3, FIRST, READ, FAST),
    BF_INFO("bf.info", -2, FIRST, READ, FAST),
    BF_INSERT("bf.insert", -4, FIRST, WRITE, DENYOOM),
    BF_LOADCHUNK("bf.loadchunk", 4, FIRST, WRITE, DENYOOM),
    BF_MADD("bf.madd", -3, FIRST, WRITE, DENYOOM),
    BF_MEXISTS("bf.mexists", -3, FIRST, READ),
    BF_RESERVE("bf.reserve", -4, FIRST, WRITE, DENYOOM),
    BF_SCANDUMP("bf.scandump", 3, FIRST, READ),

    // Cuckoo filters
    CF_ADD("cf.add", 3, FIRST, WRITE, DENYOOM),
    CF_ADDNX("cf.addnx", 3, FIRST, WRITE, DENYOOM),
    CF_COMPACT("cf.compact", 2, FIRST, WRITE),
    CF_COUNT("cf.count", 3, FIRST, READ, FAST),
    CF_DEBUG("cf.debug", 2, FIRST, READ),
    CF_DEL("cf.del", 3, FIRST, WRITE, FAST),
    CF_EXISTS("cf.exists", 3, FIRST, READ, FAST),
    CF_INFO("cf.info", 2, FIRST, READ, FAST),
    CF_INSERT("cf.insert", -4, FIRST, WRITE, DENYOOM),
    CF_INSERTNX("cf.insertnx", -4, FIRST, WRITE, DENYOOM),
    CF_LOADCHUNK("cf.loadchunk", 4, FIRST, WRITE, DENYOOM),
    CF_MEXISTS("cf.mexists", -3, FIRST, READ),
    CF_RESERVE("cf.reserve", -3, FIRST, WRITE, DENYOOM),
    CF_SCANDUMP("cf.scandump", 3, FIRST, READ),

    // Count-min sketches
    CMS_INCRBY("cms.incrby", -4, FIRST, WRITE, DENYOOM),
    CMS_INFO("cms.info", 2, FIRST, READ, FAST),
    CMS_INITBYDIM("cms.initbydim", 4, FIRST, WRITE, DENYOOM),
    CMS_INITBYPROB("cms.initbyprob", 4, FIRST, WRITE, DENYOOM),
    CMS_MERGE("cms.merge", -4, storeCounted(), WRITE, DENYOOM),
    CMS_QUERY("cms.query", -3, FIRST, READ),

    // Top-k lists
    TOPK_ADD("topk.add", -3, FIRST, WRITE, DENYOOM),
    TOPK_COUNT("topk.count", -3, FIRST, READ),
    TOPK_INCRBY("topk.incrby", -4, FIRST, WRITE, DENYOOM),
    TOPK_INFO("topk.info", 2, FIRST, READ, FAST),
    TOPK_LIST("topk.list", -2, FIRST, READ),
    TOPK_QUERY("topk.query", -3, FIRST, READ),
    TOPK_RESERVE("topk.reserve", -3, FIRST, WRITE, DENYOOM),

    // t-digests
    TDIGEST_ADD("tdigest.add", -3, FIRST, WRITE, DENYOOM),
    TDIGEST_BYRANK("tdigest.byrank", -3, FIRST, READ),
    TDIGEST_BYREVRANK("tdigest.byrevrank", -3, FIRST, READ),
    TDIGEST_CDF("tdigest.cdf", -3, FIRST, READ),
    TDIGEST_CREATE("tdigest.create", -2, FIRST, WRITE, DENYOOM),
    TDIGEST_INFO("tdigest.info", 2, FIRST, READ, FAST),
    TDIGEST_MAX("tdigest.max", 2, FIRST, READ, FAST),
    TDIGEST_MERGE("tdigest.merge", -4, storeCounted(), WRITE, DENYOOM),
    TDIGEST_MIN("tdigest.min", 2, FIRST, READ, FAST),
    TDIGEST_QUANTILE("tdigest.quantile", -3, FIRST, READ),
    TDIGEST_RANK("tdigest.rank", -3, FIRST, READ),
    TDIGEST_RESET("tdigest.reset", 2, FIRST, WRITE),
    TDIGEST_REVRANK("tdigest.revrank", -3, FIRST, READ),
    TDIGEST_TRIMMED_MEAN("tdigest.trimmed_mean", 4, FIRST, READ),

    // Time series
    TS_ADD("ts.add", -4, FIRST, WRITE, DENYOOM),
    TS_ALTER("ts.alter", -2, FIRST, WRITE),
    TS_CREATE("ts.create", -2, FIRST, WRITE, DENYOOM),
    TS_CREATERULE("ts.createrule", -6, FIRST_TWO, WRITE, DENYOOM),
    TS_DECRBY("ts.decrby", -3, FIRST, WRITE, DENYOOM),
    TS_DEL("ts.del", 4, FIRST, WRITE),
    TS_DELETERULE("ts.deleterule", 3, FIRST_TWO, WRITE),
    TS_GET("ts.get", -2, FIRST, READ),
    TS_INCRBY("ts.incrby", -3, FIRST, WRITE, DENYOOM),
    TS_INFO("ts.info", -2, FIRST, READ),
    TS_MADD("ts.madd", -4, range(1, -1, 3), WRITE, DENYOOM),
    TS_MGET("ts.mget", -3, NONE, REFUSED, READ),
    TS_MRANGE("ts.mrange", -4, NONE, REFUSED, READ),
    TS_MREVRANGE("ts.mrevrange", -4, NONE, REFUSED, READ),
    TS_QUERYINDEX("ts.queryindex", -2, NONE, REFUSED, READ),
    TS_RANGE("ts.range", -4, FIRST, READ),
    TS_REVRANGE("ts.revrange", -4, FIRST, READ),

    // Search
    FT_AGGREGATE("ft.aggregate", -3, NONE, REFUSED, READ),
    FT_CREATE("ft.create", -2, NONE, REFUSED, WRITE),
    FT_SEARCH("ft.search", -3, NONE, REFUSED, READ),
    FT_SUGADD("ft.sugadd", -4, FIRST, WRITE, DENYOOM),
    FT_SUGDEL("ft.sugdel", 3, FIRST, WRITE),
    FT_SUGGET("ft.sugget", -3, FIRST, READ),
    FT_SUGLEN("ft.suglen", 2, FIRST, READ),

    // Scripts
    EVAL(-3, script()),
    EVAL_RO(-3, script(), READ),
    EVALSHA(-3, script()),
    EVALSHA_RO(-3, script(), READ),
    FCALL(-3, script()),
    FCALL_RO(-3, script(), READ),
    FUNCTION(-2, NONE, REFUSED),
    SCRIPT(-2, NONE, REFUSED),

    // Transactions
    DISCARD(1, NONE, REFUSED, FAST),
    EXEC(1, NONE, REFUSED),
    MULTI(1, NONE, REFUSED, FAST),
    UNWATCH(1, NONE, REFUSED, FAST),
    WATCH(-2, ALL, REFUSED, FAST),

    // Channels
    PSUBSCRIBE(-2, NONE, REFUSED, PUB_SUB),
    PUBLISH(3, NONE, REFUSED, FAST, PUB_SUB),
    PUBSUB(-2, NONE, REFUSED),
    PUNSUBSCRIBE(-1, NONE, REFUSED, PUB_SUB),
    SPUBLISH(3, FIRST, REFUSED, FAST, PUB_SUB),
    SSUBSCRIBE(-2, ALL, REFUSED, PUB_SUB),
    SUBSCRIBE(-2, NONE, REFUSED, PUB_SUB),
    SUNSUBSCRIBE(-1, ALL, REFUSED, PUB_SUB),
    UNSUBSCRIBE(-1, NONE, REFUSED, PUB_SUB),

    // Connection
    AUTH(-2, NONE, ConnectionAnswers::auth, FAST, NO_AUTH),
    CLIENT(-2, NONE, ClientAnswers.CLIENT),
    ECHO(2, NONE, ConnectionAnswers::echo, FAST),
    HELLO(-1, NONE, ConnectionAnswers::hello, FAST, NO_AUTH),
    PING(-1, NONE, ConnectionAnswers::ping, FAST),
    QUIT(-1, NONE, ConnectionAnswers::quit, FAST, NO_AUTH),
    RESET(1, NONE, ConnectionAnswers::reset, FAST, NO_AUTH),
    SELECT(2, NONE, ConnectionAnswers::select, FAST),

    // Server
    ACL(-2, NONE, REFUSED),
    BGREWRITEAOF(1, NONE, REFUSED, ADMIN),
    BGSAVE(-1, NONE, REFUSED, ADMIN),
    COMMAND(-1, NONE, CommandAnswers::command),
    CONFIG(-2, NONE, ServerAnswers.CONFIG),
    DBSIZE(1, NONE, REFUSED, READ, FAST),
    DEBUG(-2, NONE, REFUSED, ADMIN),
    FAILOVER(-1, NONE, REFUSED, ADMIN),
    FLUSHALL(-1, NONE, REFUSED, WRITE),
    FLUSHDB(-1, NONE, REFUSED, WRITE),
    HOTKEYS(-2, NONE, REFUSED, ADMIN),
    INFO(-1, NONE, InfoAnswer::info),
    LASTSAVE(1, NONE, REFUSED, FAST),
    LATENCY(-2, NONE, REFUSED),
    LOLWUT(-1, NONE, ServerAnswers::lolwut, READ, FAST),
    MEMORY(-2, subcommands("usage")),
    MODULE(-2, NONE, REFUSED),
    MONITOR(1, NONE, REFUSED, ADMIN),
    PSYNC(-3, NONE, REFUSED, ADMIN),
    REPLCONF(-1, NONE, REFUSED, ADMIN),
    REPLICAOF(3, NONE, REFUSED, ADMIN),
    RESTORE_ASKING("restore-asking", -4, FIRST, REFUSED, WRITE, DENYOOM),
    ROLE(1, NONE, ServerAnswers::role, FAST),
    SAVE(1, NONE, REFUSED, ADMIN),
    SHUTDOWN(-1, NONE, REFUSED, ADMIN),
    SLAVEOF(3, NONE, REFUSED, ADMIN),
    SLOWLOG(-2, NONE, SlowLogAnswers.SUBCOMMANDS),
    SWAPDB(3, NONE, REFUSED, WRITE, FAST),
    SYNC(1, NONE, REFUSED, ADMIN),
    TIME(1, NONE, ServerAnswers::time, FAST),

    // Cluster
    ASKING(1, NONE, REFUSED, FAST),
    CLUSTER(-2, NONE, ServerAnswers::cluster),
    READONLY(1, NONE, ConnectionAnswers::ok, FAST),
    READWRITE(1, NONE, ConnectionAnswers::ok, FAST);

    private static final WordIndex<RedisCommand> INDEX =
            new WordIndex<>(List.of(values()), RedisCommand::lowerName, true);

    private final String lowerName;
    private final String requestType = "REQ_REDIS_" + name();
    private final int arity;
    private final KeySpec keys;
    private final Treatment treatment;
    private final Handling handling;
    private final int argumentsKept;
    private final int argumentsPerKey;
    private final Set<CommandFlag> flags;
    private final RequestKind kind;

    RedisCommand(int arity, KeySpec keys, CommandFlag... flags) {
        this(null, arity, keys, FORWARDED, flags);
    }

    RedisCommand(int arity, KeySpec keys, Treatment treatment, CommandFlag... flags) {
        this(null, arity, keys, treatment, flags);
    }

    RedisCommand(int arity, KeySpec keys, LocalAnswer answer, CommandFlag... flags) {
        this(null, arity, keys, answer, flags);
    }

    RedisCommand(String name, int arity, KeySpec keys, CommandFlag... flags) {
        this(name, arity, keys, FORWARDED, flags);
    }

    RedisCommand(
            @Nullable String name,
            int arity,
            KeySpec keys,
            Treatment treatment,
            CommandFlag... flags) {
        this.lowerName = name != null ? name : name().toLowerCase(Locale.ROOT);
        this.arity = arity;
        this.keys = keys;
        this.treatment = treatment;
        handling = handlingOf(treatment);
        argumentsKept = handling == Handling.ANSWER ? Integer.MAX_VALUE : keys.argumentsKept();
        argumentsPerKey = treatment instanceof RedisSplit split ? split.argumentsPerKey() : 1;
        EnumSet<CommandFlag> set = EnumSet.noneOf(CommandFlag.class);
        set.addAll(List.of(flags));
        this.flags = Collections.unmodifiableSet(set);
        kind = kindOf(name(), set);
    }

    /** The command whose name, in whatever case, is {@code in[from, from + bytes)}; else null. */
    static @Nullable RedisCommand find(ByteBuf in, int from, int bytes) {
        return INDEX.find(in, from, bytes);
    }

    /** The name as redis writes it in lists, for example {@code get} or {@code json.get}. */
    String lowerName() {
        return lowerName;
    }

    /** The name as twemproxy writes it, for example {@code REQ_REDIS_GET}. */
    String requestType() {
        return requestType;
    }

    /**
     * How many arguments a request has, the command name included; if negative, at least as many.
     */
    int arity() {
        return arity;
    }

    /** Tells whether a request may have {@code count} arguments, the command name included. */
    boolean acceptsCount(int count) {
        return arity < 0 ? count >= -arity : count == arity;
    }

    /** Where the keys are. */
    KeySpec keys() {
        return keys;
    }

    /** What becomes of a request that is well-formed. */
    Handling handling() {
        return handling;
    }

    private static Handling handlingOf(Treatment treatment) {
        return switch (treatment) {
            case RedisSplit _ -> Handling.SPLIT;
            case LocalAnswer _ -> Handling.ANSWER;
            case PlainTreatment plain -> plain == FORWARDED ? Handling.FORWARD : Handling.ANSWER;
        };
    }

    /** What a request is for. */
    RequestKind kind() {
        return kind;
    }

    private static RequestKind kindOf(String name, Set<CommandFlag> flags) {
        if (name.equals("GET") || name.equals("MGET")) {
            return RequestKind.GET;
        }
        if (flags.contains(READ)) {
            return RequestKind.READ;
        }
        return flags.contains(WRITE) ? RequestKind.WRITE : RequestKind.OTHER;
    }

    /** What becomes of a request, in a sentence. */
    String summary() {
        return switch (treatment) {
            case RedisSplit _ -> "Split over the servers of its keys: " + keys.description() + ".";
            case LocalAnswer _ -> "Answered by the proxy.";
            case PlainTreatment plain ->
                    plain == FORWARDED
                            ? "Sent to the server of its keys: " + keys.description() + "."
                            : "Refused.";
        };
    }

    /** Tells whether the proxy knows the command but cannot do it. */
    boolean isRefused() {
        return treatment.equals(REFUSED);
    }

    /** How requests are cut and joined; null if the command is not one to split. */
    @Nullable RedisSplit splitOrNull() {
        return treatment instanceof RedisSplit split ? split : null;
    }

    /** How requests are cut and joined; only for a command to split. */
    RedisSplit split() {
        RedisSplit split = splitOrNull();
        if (split == null) {
            throw new IllegalStateException(lowerName + " is not split");
        }
        return split;
    }

    /** How many arguments go with a key when a request is split, the key included. */
    int argumentsPerKey() {
        return argumentsPerKey;
    }

    /** How the proxy answers from what it knows; null if it does not. */
    @Nullable LocalAnswer answerOrNull() {
        return treatment instanceof LocalAnswer answer ? answer : null;
    }

    /** How many leading arguments of a request have to be remembered. */
    int argumentsKept() {
        return argumentsKept;
    }

    /** What redis says of the command. */
    Set<CommandFlag> flags() {
        return flags;
    }
}
