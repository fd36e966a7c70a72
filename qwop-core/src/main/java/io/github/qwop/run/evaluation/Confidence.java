package io.github.qwop.run.evaluation;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How sure something must be. Text form: per cent, such as {@code 95%}.
 *
 * @param percent above {@value #LEAST}, below 100
 */
public record Confidence(double percent) {

    /** A coin is as sure. */
    static final double LEAST = 50;

    /** What is usual. */
    public static final Confidence USUAL = new Confidence(95);

    private static final Pattern FORM = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)\\s*%");

    /** Checks the value. */
    public Confidence {
        if (!(percent > LEAST && percent < 100)) {
            throw new IllegalArgumentException("the confidence " + percent
                    + " % is not understood: give more than 50% and less than 100%, 95% is" + " usual.");
        }
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Confidence parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "the confidence \"" + text + "\" is not understood: give per cent, such as 95%.");
        }
        return new Confidence(Double.parseDouble(matcher.group(1)));
    }

    /** As a share, 0.5 to 1. */
    public double share() {
        return percent / 100;
    }

    /** The text form. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s%%", percent);
    }
}
