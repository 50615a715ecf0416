package io.bilitw.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bilitw.distribution.DistributionType;
import io.bilitw.hash.HashType;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A configuration as JSON, all keys with their defaults filled in, each value as it would stand in
 * the file. A password is not shown, only that there is one.
 */
public final class ConfigJson {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String HIDDEN = "***";

    private ConfigJson() {}

    /** Writes {@code config} to {@code out}, which stays open. */
    public static void write(Config config, OutputStream out) {
        JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out);
        json.writeStartObject();
        json.writeObjectPropertyStart("global");
        writeKeys(json, KeyTable.GLOBAL, config.global());
        json.writeEndObject();
        json.writeObjectPropertyStart("pools");
        for (PoolConfig pool : config.pools()) {
            json.writeObjectPropertyStart(pool.name());
            writeKeys(json, KeyTable.POOL, pool);
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }

    private static <R extends Record> void writeKeys(
            JsonGenerator json, KeyTable<R> table, R holder) {
        for (ConfigKey key : table.keys()) {
            Object value = key.valueIn(holder);
            if (value != null) {
                json.writeName(key.name());
                write(json, key.isSecret() ? HIDDEN : value);
            }
        }
    }

    private static void write(JsonGenerator json, Object value) {
        switch (value) {
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Boolean flag -> json.writeBoolean(flag);
            case Switch position -> json.writeBoolean(position == Switch.ON);
            case Duration time -> json.writeNumber(time.toMillis());
            case List<?> items -> {
                json.writeStartArray();
                items.forEach(item -> write(json, item));
                json.writeEndArray();
            }
            case HashTag(byte open, byte close) ->
                    json.writeString(new String(new byte[] {open, close}, UTF_8));
            case HashType hash -> json.writeString(hash.configName());
            case DistributionType distribution -> json.writeString(distribution.configName());
            case OnFailure reaction -> json.writeString(reaction.configName());
            case ServerConfig server -> json.writeString(server.pname() + " " + server.name());
            case UnixAddress(String path, int permission) when permission != 0 ->
                    json.writeString(path + " " + Integer.toOctalString(permission));
            default -> json.writeString(value.toString());
        }
    }
}
