package io.github.qwop.play;

import io.github.qwop.env.Recording;
import io.github.qwop.game.Game;
import io.github.qwop.game.Units;
import io.github.qwop.game.twin.Twin;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * When a runner passed each ten metres, as far as it came: 10 to 90 m by the score clock at the update where the torso
 * is there, 100 m by the clock at the landing, if that finishes the run.
 *
 * @param seconds score clock at 10, 20, … m, in seconds of play; at most ten, ascending
 */
public record Splits(List<Double> seconds) {

    /** Metres of a split. */
    public static final int METRES = 10;

    /** Splits of a finished run. */
    public static final int COUNT = (int) Units.FINISH / METRES;

    /** A run of nobody. */
    public static final Splits NONE = new Splits(List.of());

    private static final String HUMAN = "human-record.txt";

    /** Copies the times. */
    public Splits {
        seconds = List.copyOf(seconds);
    }

    /** The human record, which the resource {@value #HUMAN} has with its source. */
    public static Splits human() {
        return Human.RECORD;
    }

    /**
     * Plays a recording on the twin.
     *
     * @throws ReplayException if it does not lead where it says
     */
    public static Splits of(Recording recording) throws ReplayException {
        try (Timer timer = new Timer(new Twin(recording.trigonometry()))) {
            Replayer.play(recording, timer);
            return timer.splits();
        }
    }

    /** Whether the run is finished. */
    public boolean finished() {
        return seconds.size() == COUNT;
    }

    /** Seconds of play of each ten metres by themselves. */
    public List<Double> segments() {
        List<Double> segments = new ArrayList<>();
        for (int i = 0; i < seconds.size(); i++) {
            segments.add(seconds.get(i) - (i == 0 ? 0 : seconds.get(i - 1)));
        }
        return segments;
    }

    /**
     * Where the best of each ten metres would lead, put together.
     *
     * @param runs any number
     * @return as many splits as the longest run has
     */
    public static Splits best(List<Splits> runs) {
        List<Double> best = new ArrayList<>();
        double sum = 0;
        for (int i = 0; i < COUNT; i++) {
            double fastest = Double.POSITIVE_INFINITY;
            for (Splits run : runs) {
                if (run.seconds().size() > i) {
                    fastest = Math.min(fastest, run.segments().get(i));
                }
            }
            if (fastest == Double.POSITIVE_INFINITY) {
                break;
            }
            sum += fastest;
            best.add(sum);
        }
        return new Splits(best);
    }

    /**
     * The mean of those that are finished.
     *
     * @param runs any number
     * @return {@link #NONE} if none is finished
     */
    public static Splits meanOfFinished(List<Splits> runs) {
        List<Splits> finished = runs.stream().filter(Splits::finished).toList();
        if (finished.isEmpty()) {
            return NONE;
        }
        List<Double> mean = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            int split = i;
            mean.add(finished.stream()
                    .mapToDouble(run -> run.seconds().get(split))
                    .average()
                    .orElseThrow());
        }
        return new Splits(mean);
    }

    /** By how many seconds of play each split is ahead of the human record's; below 0 behind it. */
    public List<Double> ahead() {
        List<Double> ahead = new ArrayList<>();
        for (int i = 0; i < seconds.size(); i++) {
            ahead.add(human().seconds().get(i) - seconds.get(i));
        }
        return ahead;
    }

    /**
     * When the runner was at a place, if it ran evenly from one split to the next.
     *
     * @param metres 0 to where it came
     * @return seconds of play; NaN beyond its last split
     */
    public double at(double metres) {
        double place = Math.max(0, metres) / METRES;
        int before = (int) place;
        double from = before == 0 ? 0 : before <= seconds.size() ? seconds.get(before - 1) : Double.NaN;
        double part = place - before;
        if (part == 0) {
            return from;
        }
        return before < seconds.size() ? from + part * (seconds.get(before) - from) : Double.NaN;
    }

    /**
     * Where the runner was at a time, if it ran evenly from one split to the next.
     *
     * @param time seconds of play, 0 or more
     * @return metres; NaN after its last split
     */
    public double metres(double time) {
        double from = 0;
        for (int i = 0; i < seconds.size(); i++) {
            double to = seconds.get(i);
            if (time <= to) {
                return METRES * (i + (to > from ? (time - from) / (to - from) : 1));
            }
            from = to;
        }
        return Double.NaN;
    }

    /** Takes the times of a game while it is played. */
    public static final class Timer extends FilteredGame {

        private final double[] bodies = new double[Game.BODY_VALUES];
        private final List<Double> times = new ArrayList<>();

        /** A timer over a game, which is not closed with it. */
        public Timer(Game game) {
            super(game);
        }

        /** The splits since the last reset. */
        public Splits splits() {
            return new Splits(times);
        }

        @Override
        protected void afterReset() {
            times.clear();
        }

        @Override
        protected void afterUpdate(int keys) {
            if (times.size() == COUNT || (game.gameEnded() && !game.jumpLanded())) {
                return;
            }
            game.readBodies(bodies, 0);
            while (times.size() < COUNT - 1 && bodies[0] >= (times.size() + 1) * METRES * Units.PER_METRE) {
                times.add(game.scoreTime());
            }
            if (times.size() == COUNT - 1 && game.jumpLanded() && game.score() >= Units.FINISH) {
                times.add(game.scoreTime());
            }
        }
    }

    /** Reads the record when it is first asked for. */
    private static final class Human {

        static final Splits RECORD = read();

        private static Splits read() {
            List<Double> times = new ArrayList<>();
            try (InputStream in = Objects.requireNonNull(Splits.class.getResourceAsStream(HUMAN), HUMAN);
                    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (!line.startsWith("#")) {
                        times.add(Double.valueOf(line.substring(line.indexOf(' ') + 1)));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("The resource " + HUMAN + " cannot be read.", e);
            }
            return new Splits(times);
        }
    }
}
