package io.github.qwop.play;

import io.github.qwop.game.GameState;
import java.util.List;
import java.util.Locale;

/**
 * Where a game and the twin part: the first update after which not all of their numbers are equal.
 *
 * @param update its number in the episode, start noise included; 0 is the state after the reset
 * @param part the body part, such as {@code left foot}, or {@code game} for its score, clock and flags
 * @param value what of it: {@code x}, {@code y}, {@code angle}, {@code vx}, {@code vy}, or such as {@code score}; of
 *     several that differ, the one that differs most
 * @param here the number in the game that was compared; of a flag, 1 if it is set
 * @param twin the twin's
 * @param values how many of the {@value GameState#VALUES} values differ after that update
 * @param distance metres that the twin's runner has come by then
 * @param events what may explain it, on the twin: what is so at that update or was so in the second of play before it
 */
public record Difference(
        long update,
        String part,
        String value,
        double here,
        double twin,
        int values,
        double distance,
        List<String> events) {

    /** Copies the events. */
    public Difference {
        events = List.copyOf(events);
    }

    /** Where it is, as a sentence's part. */
    public String place() {
        return String.format(
                Locale.ROOT, "first at update %,d, at %.2f m: %s of the %s", update, distance, value, part);
    }

    /**
     * All of it, as a sentence's part.
     *
     * @param game what the compared game is called, such as {@code the genuine page}
     */
    public String text(String game) {
        return String.format(
                Locale.ROOT,
                "%s is %s on %s and %s on the twin; %d of %d values differ there; %s",
                place(),
                here,
                game,
                twin,
                values,
                GameState.VALUES,
                events.isEmpty() ? "no hurdle, sleep, jump or fall near it" : String.join(", ", events));
    }
}
