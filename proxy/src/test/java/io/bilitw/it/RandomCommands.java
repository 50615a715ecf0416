package io.bilitw.it;

import io.bilitw.testkit.Resp;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Valid commands of many kinds over a small set of binary keys, so that they often meet the same
 * key.
 *
 * <p>A template names what to put in: {@code K} a key of any server, {@code T} a key of one common
 * hash tag, {@code V} a binary value, {@code M} a small member, {@code N} an integer, {@code K*}
 * several keys, {@code KV*} several pairs. Left out are commands whose answer redis chooses at
 * random, and unordered collections beyond what redis keeps in order of insertion. A key that has
 * the wrong type for a command is welcome: the error must be the same.
 */
final class RandomCommands {

    private static final int KEYS = 60;
    private static final int TAGGED_KEYS = 8;

    private static final String[] TEMPLATES = {
        "SET K V",
        "SET K V",
        "SET K N",
        "GET K",
        "GET K",
        "get K",
        "GETSET K V",
        "SETNX K V",
        "APPEND K M",
        "STRLEN K",
        "GETRANGE K N N",
        "SETRANGE K 3 M",
        "INCR K",
        "INCRBY K N",
        "DECRBY K N",
        "INCRBYFLOAT K 1.5",
        "GETDEL K",
        "SET K V XX GET",
        "GETEX K PERSIST",
        "SETBIT K 9 1",
        "GETBIT K 9",
        "BITCOUNT K",
        "BITPOS K 1",
        "BITFIELD K SET u8 0 200 INCRBY u8 0 N",
        "DEL K",
        "UNLINK K",
        "EXISTS K",
        "TYPE K",
        "PERSIST K",
        "EXPIREAT K 33177117420",
        "EXPIRETIME K",
        "OBJECT ENCODING K",
        "DUMP T",
        "MGET K*",
        "MGET K*",
        "MGET K*",
        "MSET KV*",
        "MSET KV*",
        "DEL K*",
        "UNLINK K*",
        "TOUCH K*",
        "EXISTS K*",
        "MGET T T T",
        "MSETNX T V T V",
        "RENAME T T",
        "RENAMENX T T",
        "COPY T T REPLACE",
        "LCS T T LEN",
        "BITOP XOR T T T",
        "HSET h:K M V M V",
        "HGET h:K M",
        "HMGET h:K M M M",
        "HDEL h:K M",
        "HLEN h:K",
        "HEXISTS h:K M",
        "HSTRLEN h:K M",
        "HINCRBY h:K M N",
        "HSETNX h:K M V",
        "RPUSH l:K V M",
        "LPUSH l:K M",
        "LRANGE l:K 0 20",
        "LLEN l:K",
        "LINDEX l:K N",
        "LPOP l:K",
        "RPOP l:K 2",
        "LPOS l:K M",
        "LREM l:K 1 M",
        "LTRIM l:K 0 30",
        "LSET l:K 0 V",
        "LINSERT l:K AFTER M M",
        "LPUSHX l:K M",
        "RPUSH l:T M M",
        "LMOVE l:T l:T LEFT RIGHT",
        "RPOPLPUSH l:T l:T",
        "LMPOP 2 l:T l:T LEFT",
        "SORT l:T ALPHA",
        "SORT l:T ALPHA STORE l:T",
        "SADD i:K N N N",
        "SISMEMBER i:K N",
        "SMISMEMBER i:K N N",
        "SCARD i:K",
        "SREM i:K N",
        "SMEMBERS i:K",
        "SADD i:T N N",
        "SINTER i:T i:T",
        "SUNION i:T i:T i:T",
        "SDIFF i:T i:T",
        "SINTERSTORE i:T i:T i:T",
        "SUNIONSTORE i:T i:T i:T",
        "SINTERCARD 2 i:T i:T",
        "SMOVE i:T i:T N",
        "ZADD z:K N M N M",
        "ZSCORE z:K M",
        "ZRANK z:K M",
        "ZRANGE z:K 0 -1 WITHSCORES",
        "ZCARD z:K",
        "ZREM z:K M",
        "ZINCRBY z:K N M",
        "ZRANGEBYSCORE z:K -50 50",
        "ZREVRANGE z:K 0 3",
        "ZCOUNT z:K -inf +inf",
        "ZPOPMIN z:K",
        "ZMSCORE z:K M M",
        "ZREMRANGEBYRANK z:K 0 0",
        "ZADD z:T N M N M",
        "ZUNION 2 z:T z:T WITHSCORES",
        "ZINTER 2 z:T z:T",
        "ZDIFF 2 z:T z:T",
        "ZUNIONSTORE z:T 2 z:T z:T",
        "ZINTERCARD 2 z:T z:T",
        "ZRANGESTORE z:T z:T 0 2",
        "ZMPOP 2 z:T z:T MIN",
        "GEOADD g:K 13.36 38.11 M",
        "GEOPOS g:K M",
        "GEODIST g:K M M",
        "GEOHASH g:K M",
        "PFADD p:K M M",
        "PFCOUNT p:K",
        "PFMERGE p:T p:T p:T",
        "PFCOUNT p:T p:T",
        "XADD x:K MAXLEN = 9 7-* f V",
        "XLEN x:K",
        "XADD x:T MAXLEN = 20 9-* f M",
        "XRANGE x:T - +",
        "XREAD COUNT 2 STREAMS x:T x:T 0 0",
        "EVAL return{KEYS[1],ARGV[1],{1,{2}},false} 1 K V",
        "EVAL return(redis.call('get',KEYS[1])) 1 K",
        "PING V",
        "PING",
        "ECHO V",
        "GET",
        "SET K",
        "INCR h:K",
        "LPUSH z:K M",
        "HSET h:K M",
    };

    private final Random random;

    RandomCommands(Random random) {
        this.random = random;
    }

    /** Makes up the next command. */
    List<byte[]> next() {
        List<byte[]> command = new ArrayList<>();
        for (String word : TEMPLATES[random.nextInt(TEMPLATES.length)].split(" ", -1)) {
            fill(word, command);
        }
        return command;
    }

    private void fill(String word, List<byte[]> command) {
        switch (word) {
            case "K*" -> IntStream.range(0, several()).forEach(_ -> command.add(key("")));
            case "KV*" ->
                    IntStream.range(0, several())
                            .forEach(_ -> {
                                command.add(key(""));
                                command.add(value());
                            });
            case "V" -> command.add(value());
            case "M" -> command.add(Resp.bytes("m\r\n" + random.nextInt(12)));
            case "N" -> command.add(Resp.bytes(Integer.toString(random.nextInt(40) - 20)));
            default -> command.add(keyOrText(word));
        }
    }

    private byte[] keyOrText(String word) {
        if (word.endsWith("K") && (word.length() == 1 || word.charAt(1) == ':')) {
            return key(word.substring(0, word.length() - 1));
        }
        if (word.endsWith("T") && (word.length() == 1 || word.charAt(1) == ':')) {
            return Resp.bytes(
                    word.substring(0, word.length() - 1)
                            + "{\u00fftag\0}"
                            + random.nextInt(TAGGED_KEYS));
        }
        return Resp.bytes(word);
    }

    private int several() {
        return random.nextInt(20) == 0 ? 1 + random.nextInt(300) : 1 + random.nextInt(6);
    }

    /** A key with bytes of every kind, also the empty one. */
    private byte[] key(String prefix) {
        int number = random.nextInt(KEYS);
        return Resp.bytes(number == 0 ? prefix : prefix + "\r\n*" + number * 7919 + "\0\u00e9");
    }

    private byte[] value() {
        int length =
                switch (random.nextInt(40)) {
                    case 0 -> 0;
                    case 1 -> random.nextInt(200_000);
                    case 2, 3 -> random.nextInt(5_000);
                    default -> random.nextInt(40);
                };
        byte[] value = new byte[length];
        random.nextBytes(value);
        return value;
    }
}
