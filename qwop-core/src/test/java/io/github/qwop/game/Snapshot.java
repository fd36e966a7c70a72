package io.github.qwop.game;

import java.util.List;

/** All numbers that campaigns compare after an operation, in one array. */
public final class Snapshot {

    private static final List<String> HURDLE_PARTS = List.of("hurdle base", "hurdle top");
    private static final List<String> HURDLE_VALUES = List.of("x", "y", "angle");

    /**
     * What no player sees of a moving body: its angular velocity, the cosine and sine that contacts use, the torque
     * that it keeps, its time at rest, whether it is awake (0 or 1), and the box that it last swept.
     */
    private static final List<String> BODY_VALUES = List.of(
            "omega", "cos", "sin", "torque", "sleepTime", "awake", "box lowX", "box lowY", "box highX", "box highY");

    /** How many values each of the {@value #BODIES} moving bodies hides. */
    public static final int HIDDEN_PER_BODY = 10;

    /** The hurdle's base and top, then the parts. */
    public static final int BODIES = 14;

    /** What is hashed together. */
    public enum Kind {
        /** The 60 numbers of the parts, score, scoreTime, gameEnded, fallen, jumped, jumpLanded. */
        SEEN("what is seen", 0, 0, GameState.VALUES),
        /** x, y and angle of the hurdle's base, then of its top. */
        HURDLE("the hurdle", 1, SEEN.end, SEEN.end + 6),
        /** {@value #HIDDEN_PER_BODY} values of each moving body. */
        HIDDEN("what is hidden", 2, HURDLE.end, HURDLE.end + BODIES * HIDDEN_PER_BODY);

        /** Place of its hash among those of all kinds. */
        public final int place;

        /** Where its numbers begin. */
        public final int from;

        /** Where they end. */
        public final int end;

        private final String words;

        Kind(String words, int place, int from, int end) {
            this.words = words;
            this.place = place;
            this.from = from;
            this.end = end;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** Number of doubles. */
    public static final int LENGTH = Kind.HIDDEN.end;

    private Snapshot() {}

    /** Reads them all. */
    public static void read(Operation.Player player, double[] target) {
        GameState.read(player.game(), target);
        player.readHurdle(target, Kind.HURDLE.from);
        player.readHidden(target, Kind.HIDDEN.from);
    }

    /** 32 bits that stand for all bits of some of the numbers, but for the sign of zero. */
    public static int hash(double[] numbers, Kind kind) {
        int hash = 0x12345;
        for (int i = kind.from; i < kind.end; i++) {
            long bits = Double.doubleToRawLongBits(numbers[i] + 0.0);
            hash = (hash ^ (int) bits) * 0x2c1b3c6d;
            hash ^= hash >>> 15;
            hash = (hash ^ (int) (bits >>> 32)) * 0x297a2d39;
            hash ^= hash >>> 14;
        }
        return hash;
    }

    /** Part and value of a number. */
    public static String name(int place) {
        if (place < Game.BODY_VALUES) {
            return name(GameState.part(place), GameState.value(place));
        } else if (place < Kind.SEEN.end) {
            return GameState.value(place);
        } else if (place < Kind.HURDLE.end) {
            int at = place - Kind.HURDLE.from;
            return name(HURDLE_PARTS.get(at / HURDLE_VALUES.size()), HURDLE_VALUES.get(at % HURDLE_VALUES.size()));
        }
        int at = place - Kind.HIDDEN.from;
        return name(body(at / HIDDEN_PER_BODY), BODY_VALUES.get(at % HIDDEN_PER_BODY));
    }

    private static String name(String part, String value) {
        return part + ", " + value;
    }

    private static String body(int body) {
        return body < HURDLE_PARTS.size()
                ? HURDLE_PARTS.get(body)
                : GameState.part((body - HURDLE_PARTS.size()) * BodyPart.VALUES);
    }
}
