package io.bilitw.fuzz;

import io.bilitw.fuzz.Conversation.Flags;
import io.bilitw.fuzz.Conversation.Turn;
import java.util.List;

/** What clients of redis say, of each kind of command a little. */
final class RedisConversations {

    /** What the server asks for in {@link #LOCKED}. */
    static final String PASSWORD = "secret";

    private static final Flags RESP2 = new Flags(0b011, 0b00);
    private static final Flags RESP3 = new Flags(0b010, 0b11);
    private static final Flags WITH_PASSWORD = new Flags(0b110, 0b11);

    /** With a server without a password. */
    static final List<Conversation> OPEN =
            List.of(
                    Conversation.inArrays(
                            "strings",
                            RESP2,
                            """
                            SET key:1 one
                            GET key:1
                            GET key:none
                            SETEX key:2 100 two
                            SET key:3 3 EX 100 NX
                            INCRBY key:3 39
                            INCRBYFLOAT key:3 0.5
                            APPEND key:1 -more
                            STRLEN key:1
                            GETRANGE key:1 0 2
                            GETDEL key:2
                            INCR key:1
                            LCS key:1 key:3\
                            """),
                    Conversation.inArrays(
                            "many-keys",
                            RESP2,
                            """
                            MSET a 1 b 22 c 333 d 4444
                            MGET a b none c d
                            EXISTS a b none
                            TOUCH a b
                            UNLINK a none
                            DEL b c d e f
                            MSETNX {t}a 1 {t}b 2
                            MGET a
                            MSET a\
                            """),
                    Conversation.inArrays(
                            "collections",
                            RESP2,
                            """
                            HSET hash f1 v1 f2 v2
                            HGETALL hash
                            HMGET hash f1 none
                            RPUSH list a b c
                            LRANGE list 0 -1
                            LPOP list 2
                            BLPOP {l}ist list 1
                            SADD set x y z
                            SMEMBERS set
                            SINTERSTORE {set}i set {set}j
                            ZADD zset 1 one 2.5 two
                            ZRANGE zset 0 -1 WITHSCORES
                            ZRANGEBYSCORE none -inf +inf
                            ZUNIONSTORE {z}out 2 {z}a {z}b WEIGHTS 1 2
                            GEOADD geo 13.36 38.11 Palermo
                            GEOPOS geo Palermo none
                            PFADD hll a b c
                            SETBIT bits 7 1
                            BITFIELD bits GET u8 0
                            GET hash\
                            """),
                    Conversation.inArrays(
                            "streams-and-scripts",
                            RESP2,
                            """
                            XADD stream 1-1 field value
                            XADD stream 1-2 field other
                            XRANGE stream - +
                            XREAD COUNT 2 STREAMS stream 0
                            XGROUP CREATE stream group 0
                            XREADGROUP GROUP group me COUNT 1 STREAMS stream >
                            EVAL return{KEYS[1],ARGV[1],1,false} 1 key argument
                            EVALSHA 0000000000000000000000000000000000000000 1 key
                            FCALL none 1 key
                            OBJECT ENCODING stream
                            SORT list BY nosort
                            DUMP none
                            SCAN 0
                            TTL stream
                            TYPE stream
                            OBJECT HELP\
                            """),
                    Conversation.inArrays(
                            "resp3",
                            RESP3,
                            """
                            HELLO 3 SETNAME fuzz
                            HSET hash f v
                            HGETALL hash
                            HRANDFIELD hash 1 WITHVALUES
                            SADD set x
                            SMEMBERS set
                            ZADD zset 1.5 m
                            ZSCORE zset m
                            ZRANGE zset 0 -1 WITHSCORES
                            GET none
                            LPOP none
                            EVAL redis.setresp(3);return{1,true,{double=0.5}} 0
                            CONFIG GET maxmemory
                            CLIENT GETNAME
                            GET hash\
                            """),
                    Conversation.inArrays(
                            "connection",
                            RESP2,
                            """
                            PING
                            PING hello
                            ECHO hello
                            CLIENT SETNAME me
                            CLIENT GETNAME
                            CLIENT SETINFO LIB-NAME fuzz
                            CLIENT ID
                            HELLO
                            SELECT 0
                            COMMAND COUNT
                            COMMAND DOCS get
                            COMMAND GETKEYS get key
                            TIME
                            LOLWUT
                            NOSUCH command here
                            GET
                            AUTH wrong
                            RESET
                            QUIT\
                            """),
                    Conversation.inLines(
                            "inline",
                            RESP2,
                            """
                            ping
                            set key "a \\x41 \\n word"
                            get key
                            set 'it\\'s' 1
                            get   none\s\s
                            mget key none 'it\\'s'
                            eval "return 1" 1 key
                            nosuch\
                            """),
                    Conversation.of(
                            "pipeline",
                            RESP2,
                            new Turn("*0\r\n\r\nPING\r\n*1\r\n$4\r\nPING\r\n", 2),
                            new Turn("*2\r\n$3\r\nGET\r\n$0\r\n\r\n".repeat(3), 3),
                            new Turn(
                                    "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$3000\r\n"
                                            + "0123456789".repeat(300)
                                            + "\r\n",
                                    1),
                            new Turn("get k\nget k\r\n", 2)),
                    Conversation.of("no-array", RESP2, new Turn("*1\r\n:1\r\n", 1)),
                    Conversation.of("no-length", RESP2, new Turn("*2\r\n$3\r\nGET\r\n$-1\r\n", 1)),
                    Conversation.of("no-quote", RESP2, new Turn("get \"key\r\n", 1)));

    /** With a server that asks for the password. */
    static final List<Conversation> LOCKED =
            List.of(
                    Conversation.inArrays(
                            "password",
                            WITH_PASSWORD,
                            """
                            GET key
                            AUTH wrong
                            AUTH secret
                            GET key
                            AUTH default secret
                            HELLO 3 AUTH default secret SETNAME me
                            GET key\
                            """));

    private RedisConversations() {}
}
