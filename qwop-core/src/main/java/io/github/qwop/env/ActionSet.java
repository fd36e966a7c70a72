package io.github.qwop.env;

import io.github.qwop.game.Keys;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The discrete actions of an environment: action i holds the i-th combination of keys.
 *
 * <p>Text form: {@code distinct} (the 9 that differ in the game), {@code full} (all 16), {@code reduced} (qwop-gym's 9,
 * of which two are there twice) or names of combinations in the wanted order, such as {@code none,QP,WO}.
 */
public final class ActionSet {

    /** All combinations, in qwop-gym's order: none, Q, W, O, P, QW, QO, QP, WO, WP, OP, QWO, QWP, QOP, WOP, QWOP. */
    public static final ActionSet FULL = parseNames("none,Q,W,O,P,QW,QO,QP,WO,WP,OP,QWO,QWP,QOP,WOP,QWOP");

    /** The combinations that differ in the game: none, Q, W, O, P, QO, QP, WO, WP. */
    public static final ActionSet DISTINCT = parseNames("none,Q,W,O,P,QO,QP,WO,WP");

    /**
     * qwop-gym's reduced set: none, Q, W, O, P, QW, QP, WO, OP. Q beats W and O beats P in the game, so QW is Q again
     * and OP is O, while QO and WP are missing.
     */
    public static final ActionSet REDUCED = parseNames("none,Q,W,O,P,QW,QP,WO,OP");

    private static final String NONE = "none";
    private static final String LETTERS = "QWOP";

    private final int[] keys;

    private ActionSet(int[] keys) {
        this.keys = keys;
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it is none of those above
     */
    public static ActionSet parse(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "full" -> FULL;
            case "reduced" -> REDUCED;
            case "distinct" -> DISTINCT;
            default -> parseNames(text);
        };
    }

    private static ActionSet parseNames(String text) {
        List<Integer> keys = new ArrayList<>();
        for (String name : text.split(",", -1)) {
            keys.add(parseKeys(name.strip(), text));
        }
        if (keys.size() < 2 || new HashSet<>(keys).size() < keys.size()) {
            throw refused(text);
        }
        return new ActionSet(keys.stream().mapToInt(Integer::intValue).toArray());
    }

    private static int parseKeys(String name, String text) {
        if (name.equalsIgnoreCase("none")) {
            return Keys.NONE;
        }
        int mask = 0;
        for (char letter : name.toUpperCase(Locale.ROOT).toCharArray()) {
            int bit = 1 << "QWOP".indexOf(letter);
            if ("QWOP".indexOf(letter) < 0 || (mask & bit) != 0) {
                throw refused(text);
            }
            mask |= bit;
        }
        if (mask == 0) {
            throw refused(text);
        }
        return mask;
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException("actionSet is \"" + text
                + "\": give distinct, full, reduced, or two or more different combinations such as none,Q,QP,WO.");
    }

    /** Number of actions. */
    public int size() {
        return keys.length;
    }

    /** Keys of an action as a mask, see {@link Keys}. */
    public int keys(int action) {
        return keys[action];
    }

    /**
     * The action of {@link #DISTINCT} that does in the game what some keys do: Q beats W, and O beats P.
     *
     * @param held mask of the keys
     */
    public static int distinct(int held) {
        int thighs = (held & Keys.Q) != 0 ? Keys.Q : held & Keys.W;
        int calves = (held & Keys.O) != 0 ? Keys.O : held & Keys.P;
        int action = 0;
        while (DISTINCT.keys(action) != (thighs | calves)) {
            action++;
        }
        return action;
    }

    /** Name of a combination of keys: its letters in the order Q, W, O, P, or {@code none}. */
    public static String name(int mask) {
        StringBuilder name = new StringBuilder();
        for (int bit = 0; bit < LETTERS.length(); bit++) {
            if ((mask >> bit & 1) != 0) {
                name.append(LETTERS.charAt(bit));
            }
        }
        return name.length() == 0 ? NONE : name.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ActionSet set && java.util.Arrays.equals(keys, set.keys);
    }

    @Override
    public int hashCode() {
        return java.util.Arrays.hashCode(keys);
    }

    /** The text form. */
    @Override
    public String toString() {
        if (equals(FULL)) {
            return "full";
        }
        if (equals(REDUCED)) {
            return "reduced";
        }
        if (equals(DISTINCT)) {
            return "distinct";
        }
        return java.util.Arrays.stream(keys).mapToObj(ActionSet::name).collect(Collectors.joining(","));
    }
}
