package io.bilitw.testkit;

import java.util.ArrayList;
import java.util.List;

/** What the clients of a load say, in each protocol. */
enum LoadDialect {
    /** Redis: besides SET and GET those that are split over servers, and the connection's name. */
    REDIS {
        @Override
        List<LoadRequest> hello(String client) {
            return List.of(redis(OK, "CLIENT", "SETNAME", client));
        }

        @Override
        LoadRequest set(LoadKeys.Entry entry) {
            return redis(OK, "SET", entry.key(), entry.value());
        }

        @Override
        LoadRequest get(LoadKeys.Entry entry) {
            return redis(Resp.bulk(entry.value()), "GET", entry.key());
        }

        @Override
        List<LoadRequest> special(int round, String client, LoadKeys keys) {
            var requests = new ArrayList<LoadRequest>();
            if (round % 4 == 1) {
                requests.add(mset(keys.next(4)));
                requests.add(mget(keys.recent(8)));
            }
            if (round % 16 == 0) {
                requests.add(redis(Resp.bulk(client), "CLIENT", "GETNAME"));
            }
            return requests;
        }
    },
    /** Memcached: besides set and get those without an answer, and reads of many keys. */
    MEMCACHE {
        @Override
        List<LoadRequest> hello(String client) {
            return List.of();
        }

        @Override
        LoadRequest set(LoadKeys.Entry entry) {
            return memcache(Memcache.set(entry.key(), entry.value()), "STORED\r\n");
        }

        @Override
        LoadRequest get(LoadKeys.Entry entry) {
            return gets(List.of(entry));
        }

        @Override
        List<LoadRequest> special(int round, String client, LoadKeys keys) {
            var requests = new ArrayList<LoadRequest>();
            if (round % 2 == 0) {
                LoadKeys.Entry entry = keys.next();
                requests.add(quietSet(entry));
                requests.add(get(entry));
            }
            if (round % 4 == 1) {
                requests.add(gets(keys.recent(8)));
            }
            return requests;
        }
    };

    private static final String OK = "+OK\r\n";

    /** What a client says once, when it is connected. */
    abstract List<LoadRequest> hello(String client);

    /** A write of one key. */
    abstract LoadRequest set(LoadKeys.Entry entry);

    /** A read of one key. */
    abstract LoadRequest get(LoadKeys.Entry entry);

    /**
     * What only this protocol has, in some of the rounds, writes before reads; {@code client} is
     * the name given at {@link #hello}.
     */
    abstract List<LoadRequest> special(int round, String client, LoadKeys keys);

    /** Writes of these keys and then a read of each. */
    final List<LoadRequest> writesThenReads(List<LoadKeys.Entry> entries) {
        var requests = new ArrayList<LoadRequest>(2 * entries.size());
        entries.forEach(entry -> requests.add(set(entry)));
        entries.forEach(entry -> requests.add(get(entry)));
        return requests;
    }

    private static LoadRequest mset(List<LoadKeys.Entry> entries) {
        var arguments = new ArrayList<>(List.of("MSET"));
        for (LoadKeys.Entry entry : entries) {
            arguments.add(entry.key());
            arguments.add(entry.value());
        }
        return redis(OK, arguments.toArray(String[]::new));
    }

    private static LoadRequest mget(List<LoadKeys.Entry> entries) {
        var arguments = new ArrayList<>(List.of("MGET"));
        var answer = new StringBuilder("*" + entries.size() + "\r\n");
        for (LoadKeys.Entry entry : entries) {
            arguments.add(entry.key());
            answer.append(Resp.bulk(entry.value()));
        }
        return redis(answer.toString(), arguments.toArray(String[]::new));
    }

    private static LoadRequest redis(String answer, String... arguments) {
        return new LoadRequest(
                arguments[0] + " " + arguments[1], Resp.text(Resp.request(arguments)), answer);
    }

    private static LoadRequest quietSet(LoadKeys.Entry entry) {
        String text = Memcache.set(entry.key(), entry.value());
        return memcache(text.replaceFirst("\r\n", " noreply\r\n"), "");
    }

    private static LoadRequest gets(List<LoadKeys.Entry> entries) {
        var text = new StringBuilder("get");
        var answer = new StringBuilder();
        for (LoadKeys.Entry entry : entries) {
            text.append(' ').append(entry.key());
            answer.append(Memcache.value(entry.key(), entry.value()));
        }
        return memcache(text.append("\r\n").toString(), answer.append("END\r\n").toString());
    }

    private static LoadRequest memcache(String text, String answer) {
        return new LoadRequest(text.substring(0, text.indexOf("\r\n")), text, answer);
    }
}
