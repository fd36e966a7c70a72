package io.github.qwop.run.study;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.annotations.SerializedName;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import io.github.qwop.file.InputFile;
import io.github.qwop.run.checkpoint.AtomicFile;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code study.json} in a study's folder: what it tried, and what came of every training.
 *
 * @param version {@value #VERSION}
 * @param study the study's name
 * @param objective what trials are ranked by
 * @param higherIsBetter whether more of it is better
 * @param budget what a training may cost, as a text
 * @param trials in the order in which they were declared or drawn
 */
public record StudyFile(
        int version, String study, Objective objective, boolean higherIsBetter, String budget, List<Trial> trials) {

    /** The version that is written, and the only one that is read. */
    public static final int VERSION = 1;

    /** The file's name. */
    public static final String NAME = "study.json";

    private static final double MOST = 1e15;

    private static final Pattern PLAIN_NAME = Pattern.compile("[^/\\\\\\x00-\\x1f.][^/\\\\\\x00-\\x1f]*");

    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .registerTypeAdapter(Point.class, new PointAdapter())
            .create();

    /**
     * How far a trial or a training has come.
     *
     * <p>A trial is finished when all of its trainings are, and evaluated if the study evaluates; it has failed when
     * one has.
     */
    public enum State {
        /** Trained to its end, or ended by the guard. */
        @SerializedName("finished")
        FINISHED,
        /** Ended at a rung, because others did better there. */
        @SerializedName("pruned")
        PRUNED,
        /** Refused, or broken down more often than it is tried. */
        @SerializedName("failed")
        FAILED,
        /** Not begun, or stopped at a rung that others have not reached. */
        @SerializedName("waiting")
        WAITING,
        /** At work. */
        @SerializedName("running")
        RUNNING
    }

    /**
     * Settings that are tried.
     *
     * @param trial its name, {@code default}, {@code t1}, {@code t2} and so on
     * @param settings what it sets otherwise than the study's base, by dotted name
     * @param state how far it has come
     * @param seeds its trainings, one a seed
     */
    public record Trial(String trial, Map<String, String> settings, State state, List<Seed> seeds) {

        /** Copies, order kept, and checks. */
        public Trial {
            Objects.requireNonNull(trial, "trial");
            Objects.requireNonNull(state, "state");
            settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
            if (settings.containsValue(null)) {
                throw new IllegalArgumentException("settings of " + trial + " lack a value.");
            }
            seeds = List.copyOf(seeds);
            Set<Long> known = new HashSet<>();
            for (Seed seed : seeds) {
                if (!known.add(seed.seed())) {
                    throw new IllegalArgumentException(trial + " has seed " + seed.seed() + " twice.");
                }
            }
        }
    }

    /**
     * One training.
     *
     * @param seed what seeds it
     * @param run its folder's name, in the study's folder
     * @param state how far it has come
     * @param steps environment steps done
     * @param seconds of wall time that they took, in all its sittings
     * @param score the objective, by {@code evaluation} if there is one, else by the validations; null before the first
     *     and where there is none, as seconds of what never finishes
     * @param curve mean distance of the validations
     * @param evaluation of the best checkpoint; null unless the study evaluates
     */
    public record Seed(
            long seed,
            String run,
            State state,
            long steps,
            double seconds,
            @Nullable Double score,
            List<Point> curve,
            @Nullable Evaluated evaluation) {

        /** Copies and checks. */
        public Seed {
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(state, "state");
            curve = List.copyOf(curve);
            // It is a folder beside the study's file, and nowhere else.
            if (!PLAIN_NAME.matcher(run).matches()) {
                throw new IllegalArgumentException("A training has a name that is none of a folder's.");
            }
            if (steps < 0 || !isFigure(seconds) || (score != null && !isFigure(score))) {
                throw new IllegalArgumentException("The training " + run + " has a figure that is none.");
            }
        }
    }

    /**
     * One validation.
     *
     * @param steps environment steps until then
     * @param distance its mean, in metres
     */
    public record Point(long steps, double distance) {

        /** Checks. */
        public Point {
            if (steps < 0 || !isFigure(distance)) {
                throw new IllegalArgumentException("A point of a curve has a figure that is none.");
            }
        }
    }

    /**
     * What the best checkpoint came to.
     *
     * @param episodes that were played
     * @param meanDistance in metres
     * @param finishRate share that was finished, 0 to 1
     * @param meanSeconds mean time of those that were finished; null if none was
     */
    public record Evaluated(
            int episodes,
            double meanDistance,
            double finishRate,
            @Nullable Double meanSeconds) {

        /** Checks. */
        public Evaluated {
            if (episodes < 1
                    || !isFigure(meanDistance)
                    || !(finishRate >= 0 && finishRate <= 1)
                    || (meanSeconds != null && !isFigure(meanSeconds))) {
                throw new IllegalArgumentException("An evaluation has a figure that is none.");
            }
        }
    }

    /** Whether a number can be one of these: sums and squares of such are numbers too. */
    private static boolean isFigure(double value) {
        return Math.abs(value) <= MOST;
    }

    /** Copies and checks. */
    public StudyFile {
        Objects.requireNonNull(study, "study");
        Objects.requireNonNull(objective, "objective");
        Objects.requireNonNull(budget, "budget");
        trials = List.copyOf(trials);
        Set<String> known = new HashSet<>();
        for (Trial trial : trials) {
            if (!known.add(trial.trial())) {
                throw new IllegalArgumentException("The trial " + trial.trial() + " is there twice.");
            }
        }
    }

    /** Whether a study lies in a folder, readable or not. */
    public static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(NAME));
    }

    /** How much of it there is, in a few words: how many trials and trainings, and how many of them are finished. */
    public String extent() {
        List<State> trainings = trials.stream()
                .flatMap(trial -> trial.seeds().stream())
                .map(Seed::state)
                .toList();
        return counted(trials.stream().map(Trial::state).toList(), "trial") + ", " + counted(trainings, "training");
    }

    private static String counted(List<State> states, String what) {
        long finished = states.stream().filter(State.FINISHED::equals).count();
        String all = states.size() + " " + what + (states.size() == 1 ? "" : "s");
        return finished == states.size() ? all : finished + " of " + all + " finished";
    }

    /**
     * Reads a study.
     *
     * @param folder the study's
     * @throws SettingException if it has no such file, or one that is damaged or of another version
     */
    public static StudyFile read(Path folder) {
        Path file = folder.resolve(NAME);
        if (!isIn(folder)) {
            throw new SettingException("The study's file " + file + " " + InputFile.fault(file)
                    + ": run qwop:sweep first, with the same outputDirectory and studyId.");
        }
        try {
            String text = InputFile.text(file);
            Head head = GSON.fromJson(text, Head.class);
            if (head != null && head.version() != null && head.version() != VERSION) {
                throw new SettingException("The study's file " + file + " is of version " + head.version()
                        + ", and this plugin reads version " + VERSION + ": use the plugin that wrote it.");
            }
            StudyFile read = head == null ? null : GSON.fromJson(text, StudyFile.class);
            if (read != null && read.version() == VERSION) {
                return read;
            }
        } catch (SettingException e) {
            throw e;
        } catch (IOException e) {
            throw new SettingException("The study's file " + file + " cannot be read: " + e.getMessage() + ".", e);
        } catch (RuntimeException e) {
            // What the records' constructors refuse comes wrapped in another exception.
            throw new SettingException(damaged(file), e);
        }
        throw new SettingException(damaged(file));
    }

    private static String damaged(Path file) {
        return "The study's file " + file + " is damaged: remove it and run qwop:sweep again, which writes it anew from"
                + " the trainings in its folder.";
    }

    /** Writes it into the study's folder. */
    public void write(Path folder) throws IOException {
        AtomicFile.write(folder.resolve(NAME), GSON.toJson(this) + "\n");
    }

    /** What is read first, whatever else a later version has. */
    private record Head(@Nullable Integer version) {}

    /** A point is a pair, in one line: there are thousands. */
    private static final class PointAdapter extends TypeAdapter<Point> {

        @Override
        public void write(JsonWriter out, Point point) throws IOException {
            out.jsonValue("[" + point.steps() + ", " + point.distance() + "]");
        }

        @Override
        public Point read(JsonReader in) throws IOException {
            in.beginArray();
            Point point = new Point(in.nextLong(), in.nextDouble());
            in.endArray();
            return point;
        }
    }
}
