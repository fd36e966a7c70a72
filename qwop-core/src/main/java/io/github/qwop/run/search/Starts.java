package io.github.qwop.run.search;

import io.github.qwop.run.settings.Settings;

/**
 * Where searches begin. Text form: {@code canonical}, or a number of noisy starts: those that the goal {@code record}
 * plays by the same seed, up to ten random updates after the canonical start each, of which no evaluation has any.
 *
 * @param noisy how many noisy starts; 0 for the canonical one
 */
public record Starts(int noisy) {

    /** The canonical start. */
    public static final Starts CANONICAL = new Starts(0);

    private static final String NAME = "canonical";
    private static final int MOST = 10_000;

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it is none of those above
     */
    public static Starts parse(String text) {
        if (text.equalsIgnoreCase(NAME)) {
            return CANONICAL;
        }
        try {
            long count = Settings.wholeNumber(text);
            if (count >= 1 && count <= MOST) {
                return new Starts((int) count);
            }
        } catch (NumberFormatException | ArithmeticException e) {
            throw refused(text);
        }
        throw refused(text);
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException(
                "starts is \"" + text + "\": give canonical, or a number of noisy starts from 1 to " + MOST + ".");
    }

    /** The text form. */
    @Override
    public String toString() {
        return noisy == 0 ? NAME : Integer.toString(noisy);
    }
}
