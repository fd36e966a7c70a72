package io.github.qwop.run.certification;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.qwop.env.Recording;
import io.github.qwop.game.Game;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.run.GameSpec;
import io.github.qwop.run.GateException;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.checkpoint.AtomicFile;
import io.github.qwop.run.replay.Comparison;
import io.github.qwop.run.replay.Replay;
import io.github.qwop.run.replay.ReplayException;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The goal {@code certify}: people believe the page, so that what was achieved on the twin is played again there, and
 * twin and page are compared at every update.
 */
public final class Certification {

    /** What rounding could explain; a sound page differs by nothing at all. */
    private static final double TOLERANCE = 1e-9;

    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

    private Certification() {}

    /**
     * One recording's result.
     *
     * @param recording its name
     * @param game where it was played
     * @param updates updates compared
     * @param largestDifference of any of the 60 numbers, the score or its clock
     * @param distance metres
     * @param seconds wall time, the page's start included
     */
    public record Result(
            String recording, String game, long updates, double largestDifference, double distance, double seconds) {}

    /**
     * Certifies.
     *
     * @param directory where runs lie
     * @param settings by dotted name: those of {@link CertificationSpec}
     * @return a sentence on what came of it
     * @throws GateException if a recording does not lead where it says, or page and twin differ
     * @throws SettingException if a setting or a recording cannot be used
     */
    public static String run(Path directory, Map<String, String> settings, RunListener listener)
            throws IOException, GateException {
        CertificationSpec spec = Settings.bind(new CertificationSpec("qwop", null, GameSpec.Kind.PAGE, null), settings);
        if (spec.game() == GameSpec.Kind.TWIN) {
            throw new SettingException(
                    "game is twin, and the twin cannot certify itself: give page, or genuine with its folder.");
        }
        GameSpec gameSpec = new GameSpec(spec.game(), spec.genuine());
        RunDirectory run = new RunDirectory(directory.resolve(spec.runId()));
        Map<String, Recording> recordings = new LinkedHashMap<>();
        if (spec.recording() == null) {
            recordings.put("best", Replay.read(run, null));
            recordings.put("median", Replay.read(run, run.medianRecording().toString()));
        } else {
            recordings.put(spec.recording(), Replay.read(run, spec.recording()));
        }
        List<Result> results = new ArrayList<>();
        long begin = System.nanoTime();
        // All are of one evaluation, and so of one environment.
        Trigonometry trigonometry = recordings.values().iterator().next().trigonometry();
        try (Game page = gameSpec.open(trigonometry);
                Game twin = new Twin(trigonometry)) {
            for (Map.Entry<String, Recording> recording : recordings.entrySet()) {
                results.add(certify(recording.getKey(), recording.getValue(), gameSpec, twin, page, begin));
                begin = System.nanoTime();
            }
        }
        show(results, listener);
        if (spec.recording() == null) {
            addTo(run.evaluation(), results);
        }
        Result first = results.get(0);
        return String.format(
                Locale.ROOT,
                "Certified on the %s page: %d recordings, %,d updates, largest difference %s.",
                first.game().equals("genuine") ? "genuine" : "open",
                results.size(),
                results.stream().mapToLong(Result::updates).sum(),
                results.stream().mapToDouble(Result::largestDifference).max().orElse(0));
    }

    private static Result certify(String name, Recording recording, GameSpec spec, Game twin, Game page, long begin)
            throws GateException {
        Comparison comparison = new Comparison(twin, page);
        try {
            Replay.play(recording, comparison);
        } catch (ReplayException e) {
            throw new GateException(
                    "The certification of " + name + " fell. " + e.getMessage() + " Evaluate again to record it anew.");
        }
        if (!(comparison.largest() <= TOLERANCE)) {
            throw new GateException(String.format(
                    Locale.ROOT,
                    "The certification of %s fell: twin and %s differ by %s in %s. Please report this with the"
                            + " recording.",
                    name,
                    spec.text(),
                    comparison.largest(),
                    comparison.where()));
        }
        return new Result(
                name,
                spec.text(),
                comparison.updates(),
                comparison.largest(),
                recording.distance(),
                (System.nanoTime() - begin) / 1e9);
    }

    private static void show(List<Result> results, RunListener listener) {
        listener.info(String.format(
                Locale.ROOT,
                "%-12s %-8s %9s %10s %20s %8s",
                "recording",
                "game",
                "updates",
                "distance",
                "largest difference",
                "seconds"));
        for (Result result : results) {
            listener.info(String.format(
                    Locale.ROOT,
                    "%-12s %-8s %9d %8.2f m %20s %8.1f",
                    result.recording(),
                    result.game(),
                    result.updates(),
                    result.distance(),
                    result.largestDifference(),
                    result.seconds()));
        }
    }

    private static void addTo(Path evaluation, List<Result> results) throws IOException {
        JsonObject document = new JsonObject();
        if (Files.exists(evaluation)) {
            try {
                JsonElement old = JsonParser.parseString(Files.readString(evaluation));
                document = old.getAsJsonObject();
            } catch (JsonParseException | IllegalStateException e) {
                throw new SettingException(
                        "The file " + evaluation + " is not readable JSON: run qwop:evaluate again.", e);
            }
        }
        document.add("certification", GSON.toJsonTree(results));
        AtomicFile.write(evaluation, GSON.toJson(document) + "\n");
    }
}
