package io.bilitw.terminal;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the document of a stats port: an object whose numbers and texts are about the instance,
 * whose list {@code workers} is about these, and whose other objects are pools, in which every
 * object is a server. What it does not know, it skips.
 */
final class SampleReader {

    private static final JsonFactory JSON = new JsonFactory();

    private final JsonParser json;
    private final Map<String, String> texts = new HashMap<>();
    private final List<Sample.Worker> workers = new ArrayList<>();
    private final List<Sample.Pool> pools = new ArrayList<>();

    private SampleReader(JsonParser json) {
        this.json = json;
    }

    /**
     * Reads one document.
     *
     * @return nothing if it is JSON, but no document of a stats port
     * @throws tools.jackson.core.JacksonException if it is not JSON, or cannot be read
     */
    static Optional<Sample> read(InputStream in) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), in)) {
            return new SampleReader(json).readInstance();
        }
    }

    private Optional<Sample> readInstance() {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            return Optional.empty();
        }
        Figures figures = Figures.none();
        String name = json.nextName();
        while (name != null) {
            JsonToken value = json.nextToken();
            if (value == JsonToken.START_OBJECT) {
                pools.add(readPool(name));
            } else if (value == JsonToken.START_ARRAY && name.equals("workers")) {
                readWorkers();
            } else {
                readPlain(name, value, figures, texts);
            }
            name = json.nextName();
        }
        String service = texts.get("service");
        return service == null
                ? Optional.empty()
                : Optional.of(
                        new Sample(
                                System.nanoTime(),
                                service,
                                texts.getOrDefault("source", "?"),
                                texts.getOrDefault("version", "?"),
                                figures,
                                workers,
                                pools));
    }

    private void readWorkers() {
        for (JsonToken token = json.nextToken();
                token != JsonToken.END_ARRAY && token != null;
                token = json.nextToken()) {
            if (token == JsonToken.START_OBJECT) {
                Figures figures = Figures.none();
                Map<String, String> words = new HashMap<>();
                readFlat(figures, words);
                workers.add(new Sample.Worker(words.getOrDefault("state", "?"), figures));
            } else {
                json.skipChildren();
            }
        }
    }

    private Sample.Pool readPool(String name) {
        Figures figures = Figures.none();
        List<Sample.Server> servers = new ArrayList<>();
        for (String next = json.nextName(); next != null; next = json.nextName()) {
            JsonToken value = json.nextToken();
            if (value == JsonToken.START_OBJECT) {
                servers.add(new Sample.Server(printable(next), readFlat(Figures.none(), null)));
            } else {
                readPlain(next, value, figures, null);
            }
        }
        return new Sample.Pool(printable(name), figures, servers);
    }

    /** Reads an object in which no other is expected. */
    private Figures readFlat(Figures figures, @Nullable Map<String, String> words) {
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            readPlain(name, json.nextToken(), figures, words);
        }
        return figures;
    }

    private void readPlain(
            String name, JsonToken value, Figures figures, @Nullable Map<String, String> words) {
        Figure figure = Figure.labelled(name);
        if (value == JsonToken.VALUE_NUMBER_INT && figure != null) {
            figures.set(figure, json.getLongValue());
        } else if (value == JsonToken.VALUE_STRING && words != null) {
            words.put(name, printable(json.getString()));
        } else {
            json.skipChildren();
        }
    }

    /** Takes from a name what would give orders to the terminal. */
    private static String printable(String name) {
        StringBuilder clean = new StringBuilder(name.length());
        name.codePoints()
                .forEach(point ->
                        clean.appendCodePoint(Character.isISOControl(point) ? '?' : point));
        return clean.toString();
    }
}
