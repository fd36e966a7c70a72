package io.github.qwop.run.evaluation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a mean distance may fall behind a baseline. Text form: metres, such as {@code 2.5}, or per cent of the
 * baseline's mean, such as {@code 5%}.
 *
 * @param value metres or per cent, 0 or more
 * @param percent whether it is per cent
 */
public record Tolerance(double value, boolean percent) {

    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(%?)");

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static Tolerance parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("the tolerance \"" + text
                    + "\" is not understood: give metres such as 2.5, or per cent such as 5%.");
        }
        return new Tolerance(
                Double.parseDouble(matcher.group(1)), !matcher.group(2).isEmpty());
    }

    /** In metres. */
    double metres(double baselineMean) {
        return percent ? Math.abs(baselineMean) * value / 100 : value;
    }

    /** The text form. */
    @Override
    public String toString() {
        return value + (percent ? "%" : "");
    }
}
