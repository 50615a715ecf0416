package io.bilitw.protocol.redis;

import io.bilitw.protocol.ProcessFacts;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The answer to INFO: what client libraries look for when they connect. What a proxy does not know,
 * for it is true of each server alone, is left out.
 */
final class InfoAnswer {

    /** The redis whose commands can be relied on, for clients that choose their ways by it. */
    static final String REDIS_VERSION = "7.2.0";

    private static final String SYSTEM =
            System.getProperty("os.name") + " " + System.getProperty("os.version");

    private InfoAnswer() {}

    /** INFO [section ...]. */
    static boolean info(RedisDialogue dialogue, RedisArguments arguments, ByteBuf out) {
        List<String> sections = new ArrayList<>();
        addSection(sections, arguments, "Server", server(dialogue));
        addSection(sections, arguments, "Persistence", "loading:0\r\n");
        addSection(sections, arguments, "Replication", "role:master\r\nconnected_slaves:0\r\n");
        addSection(sections, arguments, "Cluster", "cluster_enabled:0\r\n");
        RedisText.writeBulk(out, String.join("\r\n", sections));
        return true;
    }

    private static void addSection(
            List<String> sections, RedisArguments arguments, String title, String lines) {
        if (isAsked(title.toLowerCase(Locale.ROOT), arguments)) {
            sections.add("# " + title + "\r\n" + lines);
        }
    }

    private static boolean isAsked(String section, RedisArguments arguments) {
        for (int i = 1; i < arguments.count(); i++) {
            if (arguments.is(i, section)
                    || arguments.is(i, "default")
                    || arguments.is(i, "all")
                    || arguments.is(i, "everything")) {
                return true;
            }
        }
        return arguments.count() == 1;
    }

    private static String server(RedisDialogue dialogue) {
        long uptimeSeconds = ProcessFacts.uptimeSeconds();
        return "redis_version:"
                + REDIS_VERSION
                + "\r\nredis_mode:standalone\r\nbilitw_version:"
                + dialogue.settings().version()
                + "\r\nbilitw_pool:"
                + dialogue.settings().poolName()
                + "\r\nos:"
                + SYSTEM
                + "\r\narch_bits:64\r\nprocess_id:"
                + ProcessFacts.pid()
                + "\r\ntcp_port:"
                + port(dialogue.client().localAddress())
                + "\r\nuptime_in_seconds:"
                + uptimeSeconds
                + "\r\nuptime_in_days:"
                + Duration.ofSeconds(uptimeSeconds).toDays()
                + "\r\n";
    }

    /** The port of {@code host:port}; 0, as redis says, if the address is a unix socket's path. */
    private static String port(String address) {
        boolean isPath = address.contains("/");
        return isPath ? "0" : address.substring(address.lastIndexOf(':') + 1);
    }
}
