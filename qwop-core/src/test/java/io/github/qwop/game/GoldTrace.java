package io.github.qwop.game;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A trace of the genuine game: one row per update, restart or act by hand. See the README beside the traces, and
 * {@link TraceReader} for the forms that they have.
 */
public record GoldTrace(String name, List<Row> rows) {

    /** What rows tell: the rules' numbers, then x, y, angle, vx and vy of each part. */
    static final List<String> VALUES = values();

    static final String SUFFIX = ".csv.gz";

    private static final GoldFolder FOLDER = new GoldFolder("/gold", "qwop.gold");

    private static final double CLOCK_STEP = 0.03333333333333333;

    private static final int SCORE_TIME = 0;
    private static final int BODIES = 6;

    /** What was done to reach a row's state from the one before. */
    sealed interface Act {}

    /** Updates with the row's keys. */
    record Updates(int count) implements Act {}

    /** All parts moved by hand. */
    record Shift(double dx) implements Act {}

    /** All parts put to sleep by hand. */
    record Sleep() implements Act {}

    /** Nothing but what opens the episode. */
    record Nothing() implements Act {}

    /**
     * One row.
     *
     * @param place where it stands, for messages
     * @param opens whether an episode begins with it
     * @param values those of {@link #VALUES}, NaN where the trace leaves one out
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Row(String place, boolean opens, Act act, int keys, double[] values) {}

    /** A game that can be brought to the states that the traces start from. */
    public interface Player {
        Game game();

        /** Fresh page with one idle update. */
        void freshStart();

        void softReset(int keysHeld);

        void shift(double dx);

        /** Puts all parts to sleep. */
        void sleep();

        /** One update, even past the end. */
        void update(int keys);
    }

    /** How a replay went. */
    public record Outcome(
            String name, int equal, int rows, @Nullable String firstDifference) {

        @Override
        public String toString() {
            return name + ": " + equal + " of " + rows + " rows equal"
                    + (firstDifference == null ? "" : "; first difference at " + firstDifference);
        }
    }

    /** How an episode can begin; the traces do not tell which it was. */
    private enum Start {
        FRESH_PAGE,
        /** Fresh page, then a restart with no key held. */
        CANONICAL,
        RESTART
    }

    /**
     * One way to begin an episode.
     *
     * @param held keys held during a restart
     * @param acts whether the row's state is that after its act
     */
    private record Opening(Start start, int held, boolean acts) {

        void play(Player player) {
            if (start != Start.RESTART) {
                player.freshStart();
            }
            if (start != Start.FRESH_PAGE) {
                player.softReset(held);
            }
        }
    }

    /** Names of all traces. */
    public static List<String> names() {
        return FOLDER.names(SUFFIX);
    }

    /** Reads one of {@link #names}. */
    public static GoldTrace read(String name) {
        return read(FOLDER.path().resolve(name + SUFFIX));
    }

    /** Reads one of the test resources, whatever folder is given. */
    public static GoldTrace readCommitted(String name) {
        return read(FOLDER.committed().resolve(name + SUFFIX));
    }

    /**
     * Reads a trace.
     *
     * @throws IllegalArgumentException if it has a form that is not known; the message tells which
     */
    public static GoldTrace read(Path file) {
        return new TraceReader(file).read();
    }

    private static List<String> values() {
        List<String> names =
                new ArrayList<>(List.of("scoreTime", "score", "gameEnded", "fallen", "jumped", "jumpLanded"));
        for (BodyPart part : BodyPart.values()) {
            String[] words = part.name().toLowerCase(Locale.ROOT).split("_", -1);
            String name = words.length == 1
                    ? words[0]
                    : words[0] + Character.toUpperCase(words[1].charAt(0)) + words[1].substring(1);
            for (String value : List.of("x", "y", "angle", "vx", "vy")) {
                names.add(name + "." + value);
            }
        }
        return List.copyOf(names);
    }

    /**
     * Plays this trace and compares every row, bit for bit but for the sign of zero. How an episode began is what
     * agrees with it for longest: nearly always that is known at its first row.
     */
    public Outcome replay(Player player) {
        Replay replay = new Replay(player);
        int equal = 0;
        String first = null;
        for (int from = 0; from < rows.size(); from = end(from)) {
            Replay.Episode episode = replay.episode(from);
            equal += episode.equal();
            first = first == null ? episode.firstDifference() : first;
        }
        return new Outcome(name, equal, rows.size(), first);
    }

    /** The row after the last of the episode that begins with a row. */
    private int end(int from) {
        int end = from + 1;
        while (end < rows.size() && !rows.get(end).opens()) {
            end++;
        }
        return end;
    }

    /** The keys of the last update before a row. */
    private int keysBefore(int row) {
        for (int i = row - 1; i >= 0; i--) {
            if (rows.get(i).act() instanceof Updates) {
                return rows.get(i).keys();
            }
        }
        return Keys.NONE;
    }

    /** The ways in which an episode may have begun, the likeliest first. */
    private List<Opening> openings(int from, List<Opening> before) {
        List<Opening> openings = new ArrayList<>();
        Act act = rows.get(from).act();
        for (boolean acts : act instanceof Nothing ? new boolean[] {false} : new boolean[] {true, false}) {
            if (from > 0) {
                int last = keysBefore(from);
                // What a file does once it does again.
                boolean heldBefore =
                        !before.isEmpty() && before.get(before.size() - 1).held() != Keys.NONE;
                Stream.of(
                                heldBefore ? last : Keys.NONE,
                                Keys.NONE,
                                last,
                                rows.get(from).keys())
                        .distinct()
                        .forEach(held -> openings.add(new Opening(Start.RESTART, held, acts)));
            }
            openings.add(new Opening(Start.FRESH_PAGE, Keys.NONE, acts));
            openings.add(new Opening(Start.CANONICAL, Keys.NONE, acts));
        }
        return openings;
    }

    /** One player's way through the rows. */
    private final class Replay {

        private final Player player;
        private final List<Opening> chosen = new ArrayList<>();
        private final double[] state = new double[VALUES.size()];

        /** What a row must show that begins on a fresh page whose clock holds the time of loading. */
        private double clock;

        Replay(Player player) {
            this.player = player;
        }

        /**
         * How one episode went.
         *
         * @param prefix rows that were equal before the first that was not
         */
        record Episode(int equal, int prefix, @Nullable String firstDifference) {}

        /** Plays the episode that begins with a row, in the way that agrees with it. */
        Episode episode(int from) {
            Opening best = null;
            int longest = -1;
            boolean played = false;
            for (Opening opening : openings(from, chosen)) {
                if (played) {
                    returnTo(from);
                }
                Episode episode = play(from, opening, true);
                played = true;
                if (episode.firstDifference() == null) {
                    chosen.add(opening);
                    return episode;
                }
                if (episode.prefix() > longest) {
                    longest = episode.prefix();
                    best = opening;
                }
            }
            returnTo(from);
            Opening taken = Objects.requireNonNull(best);
            chosen.add(taken);
            return play(from, taken, false);
        }

        /** Plays all before a row again. */
        private void returnTo(int row) {
            int episode = 0;
            for (int from = 0; from < row; from = end(from)) {
                play(from, chosen.get(episode++), false);
            }
        }

        private Episode play(int from, Opening opening, boolean toTheFirstDifference) {
            int equal = 0;
            int prefix = 0;
            String first = null;
            opening.play(player);
            for (int i = from; i < end(from); i++) {
                Row row = rows.get(i);
                if (i > from || opening.acts()) {
                    act(row);
                }
                clock = i > from ? clock : row.values()[SCORE_TIME];
                List<String> different = different(row, opening.start() == Start.FRESH_PAGE);
                if (different.isEmpty()) {
                    equal++;
                } else if (first == null) {
                    first = row.place() + ", columns " + different;
                    prefix = i - from;
                }
                if (first != null && toTheFirstDifference) {
                    break;
                }
            }
            return new Episode(equal, prefix, first);
        }

        private void act(Row row) {
            if (row.act() instanceof Shift shift) {
                player.shift(shift.dx());
            } else if (row.act() instanceof Sleep) {
                player.sleep();
            } else if (row.act() instanceof Updates updates) {
                for (int i = 0; i < updates.count(); i++) {
                    double before = player.game().scoreTime();
                    player.update(row.keys());
                    clock = player.game().scoreTime() == before ? clock : clock + CLOCK_STEP;
                }
            }
        }

        private List<String> different(Row row, boolean onFreshPage) {
            Game game = player.game();
            state[SCORE_TIME] = onFreshPage ? clock : game.scoreTime();
            state[1] = game.score();
            state[2] = game.gameEnded() ? 1 : 0;
            state[3] = game.fallen() ? 1 : 0;
            state[4] = game.jumped() ? 1 : 0;
            state[5] = game.jumpLanded() ? 1 : 0;
            game.readBodies(state, BODIES);
            List<String> different = new ArrayList<>();
            for (int i = 0; i < state.length; i++) {
                if (!Double.isNaN(row.values()[i]) && row.values()[i] != state[i]) {
                    different.add(VALUES.get(i));
                }
            }
            return different;
        }
    }
}
