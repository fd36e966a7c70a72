package io.github.qwop.run.evaluation;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import io.github.qwop.file.Fault;
import io.github.qwop.file.InputFile;
import io.github.qwop.run.checkpoint.AtomicFile;
import io.github.qwop.run.policy.TrainedPolicy;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.statistics.Aggregate;
import io.github.qwop.statistics.Bootstrap;
import io.github.qwop.statistics.Estimate;
import io.github.qwop.statistics.Interval;
import io.github.qwop.statistics.Scores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a policy reached when its user was content: a file kept in the repository, which later policies are held
 * against.
 *
 * @param format {@value #FORMAT}
 * @param runId the run
 * @param steps environment steps that it was trained for
 * @param rules the version of the game's rules that it was played under; null before there were versions
 * @param environment where it was evaluated
 * @param distances metres of each episode
 * @param finishRate share of them that was finished; null in files of earlier versions
 * @param successRate share of them that ended with the torso past 100 m; null likewise
 * @param seed what their starts were drawn by; null likewise
 */
public record Baseline(
        int format,
        String runId,
        long steps,
        @Nullable Integer rules,
        Map<String, String> environment,
        List<Double> distances,
        @Nullable Double finishRate,
        @Nullable Double successRate,
        @Nullable Long seed) {

    static final int FORMAT = 1;

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

    /**
     * Reads a baseline.
     *
     * @throws SettingException if it is missing or unreadable
     */
    public static Baseline read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new SettingException("The baseline " + file + " " + InputFile.fault(file)
                    + ": write it with qwop:evaluate -Dqwop.updateBaseline=true and keep it in the repository.");
        }
        if (isPolicy(file)) {
            throw new SettingException("The baseline " + file + " is a policy, and what is wanted here is what one"
                    + " reached: write that with qwop:evaluate -Dqwop.updateBaseline=true.");
        }
        try {
            Baseline baseline = GSON.fromJson(InputFile.text(file), Baseline.class);
            if (baseline != null
                    && baseline.format() == FORMAT
                    && baseline.runId() != null
                    && baseline.environment() != null
                    && !baseline.environment().containsValue(null)
                    && Double.isFinite(baseline.mean())) {
                return baseline;
            }
        } catch (JsonParseException | NumberFormatException | NullPointerException e) {
            throw refused(file);
        } catch (IOException e) {
            throw new SettingException("The baseline " + file + " cannot be read: " + Fault.of(e) + ".", e);
        }
        throw refused(file);
    }

    /** Whether there is one that can be read. */
    static boolean isReadable(Path file) {
        try {
            return Files.exists(file) && !read(file).distances().isEmpty();
        } catch (SettingException e) {
            return false;
        }
    }

    private static SettingException refused(Path file) {
        return new SettingException("The baseline " + file
                + " is no baseline of this version: write it anew with -Dqwop.updateBaseline=true.");
    }

    /**
     * Checks that a baseline can be written, before the work that would give one.
     *
     * @throws SettingException if it cannot
     */
    static void checkWritable(Path file) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new IOException("it " + InputFile.fault(file));
            }
            Files.delete(Files.createFile(AtomicFile.temporary(file)));
        } catch (IOException e) {
            throw unwritable(file, e, "");
        }
    }

    /**
     * Writes the baseline.
     *
     * @param kept what the message says is not lost
     * @throws SettingException if it cannot be written
     */
    void write(Path file, String kept) {
        try {
            AtomicFile.write(file, GSON.toJson(this) + "\n");
        } catch (IOException e) {
            throw unwritable(file, e, kept);
        }
    }

    private static SettingException unwritable(Path file, IOException e, String kept) {
        return new SettingException(
                "The baseline " + file + " cannot be written (" + Fault.of(e)
                        + "): set baseline to a file that can, or make room." + kept,
                e);
    }

    /**
     * How another environment differs from this baseline's.
     *
     * @param other settings by name; what only one of the two has is no difference, so that old files stay of use
     * @return a text for each setting that differs, such as {@code framesPerStep 4 there and 2 here}
     */
    List<String> differences(Map<String, String> other) {
        List<String> texts = new ArrayList<>();
        new TreeMap<>(other).forEach((name, here) -> {
            String there = environment.getOrDefault(name, here);
            if (!there.equals(here)) {
                texts.add(name + " " + there + " there and " + here + " here");
            }
        });
        return texts;
    }

    /** Mean distance, in metres. */
    public double mean() {
        return distances.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    /**
     * Whether other episodes began as these did, one by one.
     *
     * @param others what their starts were drawn by
     * @param episodes how many they are
     * @param where their environment
     */
    boolean sharesStarts(long others, int episodes, Map<String, String> where) {
        return seed != null
                && seed == others
                && episodes == distances.size()
                && differences(where).isEmpty();
    }

    /**
     * An interval of how much farther other episodes got in the mean, by the percentile bootstrap.
     *
     * @param others metres of each episode
     * @param paired whether they share their starts: then the difference of each pair is drawn, and what a start alone
     *     makes easy or hard does not count
     * @param confidence what it shall cover
     * @return in metres
     */
    Interval gain(double[] others, boolean paired, Confidence confidence) {
        double[] mine = distances.stream().mapToDouble(Double::doubleValue).toArray();
        Bootstrap bootstrap = Bootstrap.DRAWN.at(confidence.share());
        Estimate gain;
        if (paired) {
            double[] apart = new double[mine.length];
            Arrays.setAll(apart, i -> others[i] - mine[i]);
            gain = bootstrap.estimate(Aggregate.MEAN, Scores.of(apart));
        } else {
            gain = bootstrap.difference(Aggregate.MEAN, Scores.of(others), Scores.of(mine));
        }
        // Of one episode nobody can tell how far chance goes.
        return gain.interval() == null ? new Interval(gain.value(), gain.value()) : gain.interval();
    }

    /** Whether a file that is named as a baseline is a policy, to be played anew, and no file of this kind. */
    static boolean isPolicy(Path file) {
        return TrainedPolicy.isOnnx(file)
                || file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".zip");
    }
}
