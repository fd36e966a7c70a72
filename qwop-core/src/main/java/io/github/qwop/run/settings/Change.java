package io.github.qwop.run.settings;

import java.util.Locale;

/**
 * A setting that one training has otherwise than another.
 *
 * @param name the setting's, dotted
 * @param before its value there
 * @param after its value here
 */
public record Change(String name, String before, String after) {

    /** The head of a table of {@link #row}s. */
    public static String head(String before) {
        return String.format(Locale.ROOT, "%-36s %24s    %s", "setting", before, "now");
    }

    /** The change as a line of a table. */
    public String row() {
        return String.format(Locale.ROOT, "%-36s %24s -> %s", name, before, after);
    }

    /** The change as a part of a sentence. */
    public String text() {
        return name + " " + before + " -> " + after;
    }
}
