package io.bilitw.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table of keys.
 *
 * @param name the key as it stands in the file, in snake case
 * @param component the record component that holds its value
 */
record ConfigKey(String name, String component, Key key, ValueType type) {

    private static final String SECRET = "redis_auth";

    static ConfigKey of(RecordComponent component, Key key) {
        String name = component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        return new ConfigKey(name, component.getName(), key, ValueType.of(component.getType()));
    }

    /**
     * Reads one value, or one item of a list; null when it is wrong, which {@code problems} then
     * know.
     */
    @Nullable Object read(Yaml value, Problems problems) {
        Spot spot = new Spot(name, value.position(), problems);
        return switch (value) {
            case Yaml.Text(String text, _) when text.isEmpty() ->
                    spot.reject("the value is empty", expected());
            case Yaml.Text(String text, _) when runsIntoSecret(text) ->
                    spot.reject(
                            "the value goes on in the line of " + SECRET,
                            "a colon and a blank behind " + SECRET);
            case Yaml.Text(String text, _) -> type.parse(key, text, spot);
            case Yaml.Items _ -> spot.reject("a list", expected());
            case Yaml.Entries _ -> spot.reject("a block of keys", expected());
            case Yaml.Refused _ -> null;
        };
    }

    /**
     * Tells whether a value has swallowed the line of the password, as YAML has it when that lacks
     * its colon or its blank: no message may repeat it.
     */
    private boolean runsIntoSecret(String text) {
        int at = isSecret() ? -1 : text.indexOf(" " + SECRET);
        int end = at + 1 + SECRET.length();
        return at >= 0 && end < text.length() && ": =".indexOf(text.charAt(end)) >= 0;
    }

    /** Tells whether a line of the file is that of a password, well written or not. */
    static boolean isLineOfSecret(String line) {
        return line.contains(SECRET);
    }

    /** The value when the key is absent, or null when it has none. */
    @Nullable Object defaultValue() {
        Spot nowhere = new Spot(name, Position.NOWHERE, new Problems("defaults"));
        return key.byDefault().isEmpty() ? null : type.parse(key, key.byDefault(), nowhere);
    }

    /** Tells whether the value is nobody's business. */
    boolean isSecret() {
        return name.equals(SECRET);
    }

    /** The value in a record that has this key, or null if it has none. */
    @Nullable Object valueIn(Record holder) {
        try {
            Method accessor = holder.getClass().getMethod(component);
            return accessor.invoke(holder);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException bug) {
            throw new IllegalStateException("reading " + name, bug);
        }
    }

    private String expected() {
        return type.doc().replace("`", "");
    }
}
