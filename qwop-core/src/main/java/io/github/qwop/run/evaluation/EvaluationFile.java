package io.github.qwop.run.evaluation;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import io.github.qwop.file.Fault;
import io.github.qwop.file.InputFile;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.checkpoint.AtomicFile;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code evaluation.json}: what an evaluation wrote, which recordings it kept, and what a certification of
 * them added.
 */
public final class EvaluationFile {

    /** Where all episodes are kept, in the folder of recordings. */
    static final String EPISODES = "episodes/";

    private static final String RECORDINGS = "recordings";

    /** JSON has no NaN: a figure that does not exist is left out. */
    private static final JsonSerializer<Double> FINITE =
            (value, type, context) -> Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;

    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .registerTypeAdapter(Double.class, FINITE)
            .registerTypeAdapter(double.class, FINITE)
            .create();

    private EvaluationFile() {}

    /**
     * Writes an evaluation over the one before.
     *
     * @param recordings files that it kept, by their path in the folder of recordings
     */
    static void write(RunDirectory run, Map<String, Object> document, List<String> recordings) throws IOException {
        JsonObject all = GSON.toJsonTree(document).getAsJsonObject();
        all.add(RECORDINGS, GSON.toJsonTree(recordings));
        AtomicFile.write(run.evaluation(), GSON.toJson(all) + "\n");
    }

    /** Adds something to the evaluation, or replaces it. */
    public static void add(RunDirectory run, String name, Object value) throws IOException {
        JsonObject all = read(run);
        all.add(name, GSON.toJsonTree(value));
        AtomicFile.write(run.evaluation(), GSON.toJson(all) + "\n");
    }

    /**
     * What the last evaluation wrote, as a record of some of its parts.
     *
     * @throws SettingException if it cannot be read
     */
    static <T> T read(RunDirectory run, Class<T> type) throws IOException {
        try {
            return GSON.fromJson(read(run), type);
        } catch (JsonParseException | NumberFormatException e) {
            throw unreadable(run, e);
        }
    }

    private static JsonObject read(RunDirectory run) throws IOException {
        if (!Files.exists(run.evaluation())) {
            return new JsonObject();
        }
        try {
            // Bytes that are no UTF-8 become characters that no JSON has outside of its texts.
            return JsonParser.parseString(InputFile.text(run.evaluation())).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw unreadable(run, e);
        } catch (IOException e) {
            throw new SettingException(
                    "The evaluation " + run.evaluation() + " cannot be read: " + Fault.of(e)
                            + "; run qwop:evaluate again.",
                    e);
        }
    }

    private static SettingException unreadable(RunDirectory run, Exception e) {
        return new SettingException(
                "The evaluation " + run.evaluation() + " is not readable JSON: run qwop:evaluate again.", e);
    }

    /**
     * The recordings that the last evaluation kept, by their path in the folder of recordings; none if there is no
     * evaluation, or one of a version that did not say.
     *
     * @throws SettingException if it cannot be read
     */
    static List<String> recordings(RunDirectory run) throws IOException {
        List<String> recordings = read(run, Kept.class).recordings();
        return recordings == null
                ? List.of()
                : recordings.stream().filter(Objects::nonNull).toList();
    }

    /**
     * The recordings of all episodes of the last evaluation, in their order; none if it kept the best ones alone.
     *
     * @throws SettingException if it cannot be read
     */
    public static List<Path> episodes(RunDirectory run) throws IOException {
        return recordings(run).stream()
                .filter(name -> name.startsWith(EPISODES))
                .map(run.recordings()::resolve)
                .toList();
    }

    private record Kept(@Nullable List<String> recordings) {}
}
