package io.bilitw.config;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys one record type has, in the order of its components, and the way to make such a record.
 *
 * @param <R> the record type
 */
final class KeyTable<R extends Record> {

    static final KeyTable<PoolConfig> POOL = new KeyTable<>(PoolConfig.class);
    static final KeyTable<GlobalConfig> GLOBAL = new KeyTable<>(GlobalConfig.class);

    private final Class<R> recordType;
    private final List<ConfigKey> keys;

    private KeyTable(Class<R> recordType) {
        this.recordType = recordType;
        List<ConfigKey> rows = new ArrayList<>();
        for (RecordComponent component : recordType.getRecordComponents()) {
            Key key = component.getAnnotation(Key.class);
            if (key != null) {
                rows.add(ConfigKey.of(component, key));
            }
        }
        this.keys = List.copyOf(rows);
    }

    List<ConfigKey> keys() {
        return keys;
    }

    /** What to say about a key that is not in this table. */
    String unknown(String name, String expected) {
        List<String> names = keys.stream().map(ConfigKey::name).toList();
        return "unknown key '"
                + name
                + "'"
                + Spelling.suggestion(name, names)
                + " (expected: "
                + expected
                + ")";
    }

    @Nullable ConfigKey find(String name) {
        return keys.stream().filter(row -> row.name().equals(name)).findFirst().orElse(null);
    }

    /**
     * Makes the record from its components' values by component name; an absent one has its key's
     * default.
     */
    R build(Map<String, Object> values) {
        RecordComponent[] components = recordType.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] arguments =
                Arrays.stream(components).map(component -> value(component, values)).toArray();
        try {
            return recordType.getDeclaredConstructor(types).newInstance(arguments);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(
                    recordType + " cannot be made from its own components", impossible);
        }
    }

    private static @Nullable Object value(RecordComponent component, Map<String, Object> values) {
        Object given = values.get(component.getName());
        Key key = component.getAnnotation(Key.class);
        return given != null || key == null ? given : ConfigKey.of(component, key).defaultValue();
    }
}
