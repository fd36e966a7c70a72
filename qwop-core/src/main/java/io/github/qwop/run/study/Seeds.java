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

    private static final String ALLOWED = "give a number from 1 to " + MOST
            + ", such as 5 for the seeds 1 to 5, or a list of different ones, such as 1,7,9.";

    /** Copies and checks. */
    public Seeds {
        values = List.copyOf(values);
        if (values.isEmpty() || values.size() > MOST || new HashSet<>(values).size() < values.size()) {
            throw new IllegalArgumentException("the seeds are " + values + ": " + ALLOWED);
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
                values.add(Settings.wholeNumber(part));
            }
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is neither a number of seeds nor a list of some: " + ALLOWED, e);
        }
        if (values.size() > 1) {
            return new Seeds(values);
        }
        long n = values.get(0);
        if (n < 1 || n > MOST) {
            throw new IllegalArgumentException("\"" + text + "\" is no number of seeds: " + ALLOWED);
        }
        return upTo((int) n);
    }

    @Override
    public String toString() {
        return values.equals(upTo(values.size()).values())
                ? Integer.toString(values.size())
                : values.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
