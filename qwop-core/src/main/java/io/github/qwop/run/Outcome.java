package io.github.qwop.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What came of a goal.
 *
 * @param sentence for whoever reads the log
 * @param data the same and more for a program, by name: distances in metres, times in seconds, rates from 0 to 1
 */
public record Outcome(String sentence, Map<String, Double> data) {

    /** Copies the data, order kept. */
    public Outcome {
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }

    /** An outcome whose sentence says it all. */
    public static Outcome of(String sentence) {
        return new Outcome(sentence, Map.of());
    }
}
