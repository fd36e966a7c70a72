package io.github.qwop.run.settings;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A setting that one training has otherwise than another.
 *
 * @param name the setting's, dotted
 * @param before its value there
 * @param after its value here
 */
public record Change(String name, String before, String after) {

    /** Stands for the value of a setting that only the other has. */
    private static final String ABSENT = "-";

    /**
     * What differs between the settings of two trainings, those that are on one side alone included. One algorithm has
     * not the other's hyper-parameters: these are no differences then, the algorithm is.
     */
    public static List<Change> between(Map<String, String> before, Map<String, String> after) {
        boolean sameAlgorithm = String.valueOf(after.get("algorithm")).equals(before.get("algorithm"));
        Set<String> names = new LinkedHashSet<>(before.keySet());
        names.addAll(after.keySet());
        return names.stream()
                .filter(name -> sameAlgorithm || !name.startsWith("learner."))
                .map(name -> new Change(name, before.getOrDefault(name, ABSENT), after.getOrDefault(name, ABSENT)))
                .filter(change -> !change.before().equals(change.after()))
                .toList();
    }

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
