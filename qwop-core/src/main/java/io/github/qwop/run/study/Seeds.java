package io.github.qwop.run.study;

import io.github.qwop.run.settings.Settings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * The seeds that every trial is trained with. Their text form is a number n, for 1 to n, or a list of at least two.
 *
 * @param values at least one, all different
 */
public record Seeds(List<Long> values) {

    private static final int MOST = 1000;

    /** Copies and checks. */
    public Seeds {
        values = List.copyOf(values);
        if (values.isEmpty() || values.size() > MOST || new HashSet<>(values).size() < values.size()) {
            throw new IllegalArgumentException(
                    "the seeds are " + values + ": give how many there shall be, such as 5 for 1 to 5, at most " + MOST
                            + ", or a list of different ones, such as 1,7,9.");
        }
    }

    /** The seeds 1 to n. */
    public static Seeds upTo(int n) {
        return new Seeds(LongStream.rangeClosed(1, n).boxed().toList());
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it is no such text
     */
    public static Seeds parse(String text) {
        List<Long> values = new ArrayList<>();
        try {
            for (String part : Settings.split(text)) {
                values.add(Long.valueOf(part));
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is neither a number nor a list of some: give 5 for 1 to 5, or 1,7,9.", e);
        }
        if (values.size() > 1) {
            return new Seeds(values);
        }
        long n = values.get(0);
        return upTo((int) Math.max(0, Math.min(n, MOST + 1)));
    }

    @Override
    public String toString() {
        return values.equals(upTo(values.size()).values())
                ? Integer.toString(values.size())
                : values.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
