package io.bilitw.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bilitw.distribution.DistributionType;
import io.bilitw.hash.HashType;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the text of a value is read: one row for each type a record component with a {@link Key} may
 * have.
 */
enum ValueType {
    NUMBER(int.class, "number", ValueType::number),
    MILLIS(Duration.class, "number", ValueType::millis),
    BYTES(long.class, "number, also with `kb`, `mb` or `gb` behind it", ValueType::bytes),
    FLAG(boolean.class, "`true` or `false`", (_, text, spot) -> flag(text, spot)),
    SWITCH(Switch.class, Switch.BY_NAME, "switch"),
    TEXT(String.class, "text", (_, text, _) -> text),
    FILE(Path.class, "path", (_, text, spot) -> path(text, spot)),
    HASH(HashType.class, names(HashType.values(), HashType::configName), "hash"),
    DISTRIBUTION(
            DistributionType.class,
            names(DistributionType.values(), DistributionType::configName),
            "distribution"),
    ON_FAILURE(
            OnFailure.class,
            names(OnFailure.values(), OnFailure::configName),
            "reaction to a failure"),
    TAG(HashTag.class, "two bytes, such as `\"{}\"`", (_, text, spot) -> tag(text, spot)),
    LISTEN(
            Address.class,
            "`host:port` or `/path [permission]`",
            (_, text, spot) -> ListenText.parse(text, spot)),
    SERVERS(
            List.class,
            "list of `host:port:weight [name]` or `/path:weight [name]`",
            (_, text, spot) -> ServerText.parse(text, spot));

    private static final Map<String, Long> UNITS =
            Map.of("kb", 1L << 10, "mb", 1L << 20, "gb", 1L << 30);

    private final Class<?> componentType;
    private final String doc;
    private final Parser parser;

    ValueType(Class<?> componentType, String doc, Parser parser) {
        this.componentType = componentType;
        this.doc = doc;
        this.parser = parser;
    }

    <T> ValueType(Class<T> componentType, Map<String, T> byName, String noun) {
        this(
                componentType,
                byName.keySet().stream()
                        .map(name -> "`" + name + "`")
                        .collect(Collectors.joining(", ")),
                (_, text, spot) -> {
                    T named = byName.get(text);
                    return named != null ? named : spot.rejectName(text, noun, byName.keySet());
                });
    }

    static ValueType of(Class<?> componentType) {
        return Arrays.stream(values())
                .filter(type -> type.componentType == componentType)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException("no key can have the type " + componentType));
    }

    /** What may stand in the file, for the documentation page. */
    String doc() {
        return doc;
    }

    /**
     * Reads a value that is not empty; of {@link #SERVERS} one item. Null when it is wrong, which
     * {@code spot} knows.
     */
    @Nullable Object parse(Key key, String text, Spot spot) {
        return parser.parse(key, text, spot);
    }

    private static @Nullable Integer number(Key key, String text, Spot spot) {
        int number = Digits.parse(text);
        String expected = "a number from " + key.min() + " to " + Integer.MAX_VALUE;
        if (number == Digits.NOT_DIGITS) {
            return spot.reject("'" + text + "' is not a number", expected);
        }
        if (number == Digits.TOO_LARGE) {
            return spot.reject("'" + text + "' is too large", expected);
        }
        return number < key.min()
                ? spot.reject("'" + text + "' is too small", expected)
                : Integer.valueOf(number);
    }

    private static @Nullable Duration millis(Key key, String text, Spot spot) {
        Integer millis = number(key, text, spot);
        if (millis == null) {
            return null;
        }
        return Duration.ofMillis(
                millis == 0 && key.zeroIsDefault() ? Digits.parse(key.byDefault()) : millis);
    }

    private static @Nullable Long bytes(Key key, String text, Spot spot) {
        String lower = text.toLowerCase(Locale.ROOT);
        String unit = UNITS.keySet().stream().filter(lower::endsWith).findFirst().orElse("");
        int number = Digits.parse(lower.substring(0, lower.length() - unit.length()));
        String expected = "a number of bytes from " + key.min() + " on, such as 512mb or 1gb";
        if (number == Digits.NOT_DIGITS) {
            return spot.reject("'" + text + "' is not a number of bytes", expected);
        }
        if (number == Digits.TOO_LARGE) {
            return spot.reject("'" + text + "' is too large", expected);
        }
        if (number == 0 && key.zeroIsDefault()) {
            return 0L;
        }
        long bytes = number * UNITS.getOrDefault(unit, 1L);
        return bytes < key.min()
                ? spot.reject("'" + text + "' is too small", expected)
                : Long.valueOf(bytes);
    }

    private static @Nullable Boolean flag(String text, Spot spot) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> spot.reject("'" + text + "' is not a boolean", "true or false");
        };
    }

    private static @Nullable Path path(String text, Spot spot) {
        try {
            return Path.of(text);
        } catch (InvalidPathException _) {
            return spot.reject("'" + text + "' is not a file name", "a path");
        }
    }

    private static @Nullable HashTag tag(String text, Spot spot) {
        byte[] bytes = text.getBytes(UTF_8);
        return bytes.length == 2
                ? new HashTag(bytes[0], bytes[1])
                : spot.reject(
                        "'"
                                + text
                                + "' has "
                                + bytes.length
                                + (bytes.length == 1 ? " byte" : " bytes"),
                        "two bytes, such as \"{}\"");
    }

    private static <T> Map<String, T> names(T[] rows, Function<T, String> name) {
        Map<String, T> byName = new LinkedHashMap<>();
        for (T row : rows) {
            byName.put(name.apply(row), row);
        }
        return byName;
    }

    /** Reads one text, or tells the fault to the spot and returns null. */
    @FunctionalInterface
    private interface Parser {
        @Nullable Object parse(Key key, String text, Spot spot);
    }
}
