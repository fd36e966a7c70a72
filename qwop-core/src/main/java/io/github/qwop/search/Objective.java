package io.github.qwop.search;

import io.github.qwop.game.Units;
import io.github.qwop.game.twin.Twin;
import java.util.Locale;

/**
 * What a run is to reach as early as it can. Text form: {@code time} for the finish, by the game's own rule: a landing
 * in the sand with a score of at least 100; {@code split:10} for the torso past ten metres.
 *
 * @param metres what the torso must pass; {@link Units#FINISH} for the finish
 */
public record Objective(double metres) {

    /** The finish. */
    public static final Objective TIME = new Objective(Units.FINISH);

    private static final String SPLIT = "split:";

    /** Checks the distance. */
    public Objective {
        if (!(metres > 0 && metres <= Units.FINISH)) {
            throw refused(Double.toString(metres));
        }
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it is none of those above
     */
    public static Objective parse(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        if (wanted.equals("time")) {
            return TIME;
        }
        try {
            if (wanted.startsWith(SPLIT)) {
                double metres = Double.parseDouble(wanted.substring(SPLIT.length()));
                if (metres > 0 && metres < Units.FINISH) {
                    return new Objective(metres);
                }
            }
        } catch (NumberFormatException e) {
            throw refused(text);
        }
        throw refused(text);
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException("objective is \"" + text
                + "\": give time for the finish, or split:<metres> with metres above 0 and below 100, such as"
                + " split:10.");
    }

    /** Whether a game is there. */
    boolean isReached(Twin twin) {
        return metres == Units.FINISH
                ? twin.jumpLanded() && twin.score() >= Units.FINISH
                : twin.torsoX() >= metres * Units.PER_METRE;
    }

    /** The text form. */
    @Override
    public String toString() {
        return metres == Units.FINISH ? "time" : SPLIT + place();
    }

    /** The distance as a text, without what says nothing. */
    public String place() {
        return metres == Math.rint(metres) ? Long.toString((long) metres) : Double.toString(metres);
    }
}
