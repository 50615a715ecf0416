package io.bilitw.stats;

import java.io.OutputStream;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The slow log as JSON: a list, the newest request first. Keys are escaped. */
public final class SlowLogJson {

    private static final JsonFactory JSON = new JsonFactory();

    private SlowLogJson() {}

    /** Writes {@code slowLog} to {@code out}, which stays open. */
    public static void write(SlowLog slowLog, OutputStream out) {
        JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out);
        json.writeStartArray();
        slowLog.newest(SlowLog.ENTRIES).forEach(request -> write(json, request));
        json.writeEndArray();
        json.writeRaw('\n');
        json.flush();
    }

    private static void write(JsonGenerator json, SlowRequest request) {
        json.writeStartObject();
        json.writeNumberProperty("id", request.id());
        json.writeStringProperty("time", Instant.ofEpochMilli(request.endMillis()).toString());
        json.writeNumberProperty("duration_us", request.micros());
        json.writeStringProperty("type", request.type());
        json.writeStringProperty("key", request.keyText());
        json.writeStringProperty("client", request.client());
        json.writeStringProperty("server", request.server());
        json.writeStringProperty("pool", request.pool());
        json.writeStringProperty("failure", request.failure());
        json.writeEndObject();
    }
}
