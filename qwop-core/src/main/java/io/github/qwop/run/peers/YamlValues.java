package io.github.qwop.run.peers;

import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads values of a configuration, and refuses others in one sentence with file, key and value.
 *
 * @param file its name, for messages
 */
record YamlValues(String file) {

    /** What is said of something in the file. */
    SettingException refused(String sentence) {
        return new SettingException(file + ": " + sentence);
    }

    /** Refuses all values but one. */
    void expect(String key, @Nullable Object value, String only) {
        refuseQuoted(key, value);
        if (value == null || !value.toString().equalsIgnoreCase(only)) {
            throw refused(key + " is " + value + ": only " + only + " can be used here.");
        }
    }

    /** True or false. */
    boolean flag(String key, @Nullable Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        refuseQuoted(key, value);
        throw refused(key + " is " + value + ": give true or false.");
    }

    /** Python takes any text but the empty one for true. */
    private void refuseQuoted(String key, @Nullable Object value) {
        if (value instanceof String text && text.matches("(?i)true|false|yes|no|on|off")) {
            throw refused(key + " is the text \"" + text + "\", in quotes: write true or false without them.");
        }
    }

    /** A single value as text. */
    String scalar(String key, @Nullable Object value) {
        if (value == null) {
            return Settings.NONE;
        }
        refuseQuoted(key, value);
        if (value instanceof Map || value instanceof Iterable) {
            throw refused(
                    key + " is " + value + ": give a single value, which here counts steps if it is a frequency.");
        }
        return PeerNames.text(value);
    }

    /** Names and values. */
    Map<String, @Nullable Object> mapping(String key, Object value) {
        if (!(value instanceof Map<?, ?> mapping)) {
            throw refused(key + " is " + value + ": give a mapping of names to values.");
        }
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        mapping.forEach((inner, it) -> named.put(String.valueOf(inner), it));
        return named;
    }

    /** Several values. */
    List<?> list(String key, @Nullable Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw refused(key + " is " + value + ": give a list.");
    }

    /** What is said of a key that is none. */
    SettingException unknown(String key, Set<String> allowed) {
        return refused(key + " is no key that can be used here; allowed there: "
                + String.join(", ", new TreeSet<>(allowed)) + ". Correct or remove it.");
    }
}
