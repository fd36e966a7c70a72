package io.github.qwop.game.web;

import com.google.gson.Gson;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.Units;

/**
 * A runner that has run already, for another to race: a page computes it again from its keys.
 *
 * @param name what it is called and what it came to, such as {@code run, 100 m in 38.20 s}
 * @param keys masks of the keys held, one per update from the canonical start; not copied
 * @param trigonometry whose sine and cosine it ran with
 */
@SuppressWarnings("ArrayRecordComponent")
public record Ghost(String name, byte[] keys, Trigonometry trigonometry) {

    /** Half an hour of play: a page keeps every state of a ghost, and a run that a person plays is no longer. */
    public static final int MOST_UPDATES = 30 * 60 * Units.UPDATES_PER_SECOND;

    /** Checks the length. */
    public Ghost {
        if (keys.length > MOST_UPDATES) {
            throw new IllegalArgumentException("It runs for " + keys.length + " game updates, and at most "
                    + MOST_UPDATES + ", half an hour of play, can be raced: give a shorter one.");
        }
    }

    /** What {@code ghost.js} takes, as JSON that may stand in a script of a page. */
    public String json() {
        Gson gson = new Gson();
        return "{\"name\":" + gson.toJson(name) + ",\"trigonometry\":" + gson.toJson(trigonometry.text()) + ",\"keys\":"
                + runs(keys) + "}";
    }

    /** Keys as a JSON list of mask, count, mask, count, … */
    public static String runs(byte[] keys) {
        StringBuilder runs = new StringBuilder("[");
        int at = 0;
        while (at < keys.length) {
            int end = at;
            while (end < keys.length && keys[end] == keys[at]) {
                end++;
            }
            runs.append(at == 0 ? "" : ",").append(keys[at]).append(',').append(end - at);
            at = end;
        }
        return runs.append(']').toString();
    }
}
