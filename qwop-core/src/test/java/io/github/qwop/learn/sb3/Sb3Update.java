package io.github.qwop.learn.sb3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import com.google.gson.Gson;
import io.github.qwop.learn.Learner;
import io.github.qwop.learn.problems.MemoryState;
import io.github.qwop.model.Floats;
import io.github.qwop.model.Parameters;
import java.io.DataOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One update of the library: what {@code sb3_fixtures.py} wrote. Tensors have the library's names.
 *
 * @param settings that differ from the library's defaults, by its names
 * @param first what each environment shows at first
 * @param steps what was played
 * @param played parameters of the policy that played, if it is not the one that learns
 * @param before parameters between play and update, of a target network too
 * @param updates that the optimiser has done before
 * @param moments tensors that the optimiser remembers of them, by the moment's name
 * @param after parameters after the update
 * @param logged what the library logged of the update
 * @param gradientNorm the gradient's norm before its limit
 */
@SuppressWarnings("ArrayRecordComponent")
public record Sb3Update(
        Map<String, String> settings,
        float[][] first,
        List<Step> steps,
        @Nullable Map<String, float[]> played,
        Map<String, float[]> before,
        long updates,
        Map<String, Map<String, float[]>> moments,
        Map<String, float[]> after,
        Map<String, Double> logged,
        double gradientNorm) {

    /** Both compute in single precision, and sum a few dozen terms, each in its own order. */
    private static final double PRECISION = 1e-5;

    /**
     * One step of all environments.
     *
     * @param finalObservations of the episodes that end, null for others
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Step(
            int[] actions,
            float[] rewards,
            boolean[] terminated,
            boolean[] truncated,
            float[][] observations,
            float[] @Nullable [] finalObservations) {}

    /** Translates the library's tensors to ours: by our names, in our order. */
    @FunctionalInterface
    public interface Layout {
        /** Our tensors. */
        Map<String, float[]> ours(Map<String, float[]> theirs);
    }

    /** The update of this name. */
    public static Sb3Update read(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Sb3Update.class.getResourceAsStream("/sb3/" + name + ".json"));
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            return new Gson().fromJson(reader, Sb3Update.class);
        }
    }

    /** The settings by our names: theirs in camel case. */
    public Map<String, String> ourSettings() {
        Map<String, String> ours = new LinkedHashMap<>();
        Pattern word = Pattern.compile("_([a-z])");
        settings.forEach((name, value) ->
                ours.put(word.matcher(name).replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT)), value));
        return ours;
    }

    /** Transitions played. */
    public int transitions() {
        return steps.size() * first.length;
    }

    /** A learner's state with some tensors in the place of its parameters or others like them. */
    public static MemoryState with(MemoryState state, String section, Map<String, float[]> tensors) throws IOException {
        try (Parameters parameters = parameters(tensors)) {
            return state.with(MemoryState.of(writer -> parameters.save(writer.section(section))));
        }
    }

    private static Parameters parameters(Map<String, float[]> tensors) {
        Parameters parameters = new Parameters(false);
        tensors.forEach((name, values) -> parameters.add(name, values, new Shape(values.length)));
        return parameters;
    }

    /** A learner's state with the library's optimiser in the place of its own. */
    public MemoryState withOptimiser(MemoryState state, Layout layout) throws IOException {
        List<Map<String, float[]>> ours = new ArrayList<>();
        moments.values().forEach(moment -> ours.add(layout.ours(moment)));
        return state.with(MemoryState.of(writer -> {
            DataOutput out = writer.section("optimiser");
            out.writeLong(updates);
            for (String name : ours.get(0).keySet()) {
                for (Map<String, float[]> moment : ours) {
                    Floats.write(out, Objects.requireNonNull(moment.get(name)));
                }
            }
        }));
    }

    /** Checks that a learner moved every parameter as the library did. */
    public void assertDoneBy(Learner learner, Layout layout) throws IOException {
        Map<String, float[]> from = layout.ours(before);
        Map<String, float[]> to = layout.ours(after);
        try (Parameters ours = parameters(from)) {
            ours.restore(MemoryState.of(learner::saveNetwork).section(Learner.PARAMETERS));
            from.forEach((name, values) -> {
                float[] theirs = Objects.requireNonNull(to.get(name));
                float[] moved = ours.values(name);
                for (int i = 0; i < values.length; i++) {
                    double change = (double) theirs[i] - values[i];
                    double rounding = 2 * Math.ulp(Math.max(Math.abs(theirs[i]), Math.abs(values[i])));
                    assertThat((double) moved[i] - values[i])
                            .as("change of %s[%d]", name, i)
                            .isCloseTo(change, within(PRECISION * Math.abs(change) + rounding));
                }
            });
        }
    }

    /** Checks that a learner measured what the library logged, and the gradient's norm. */
    public void assertLogged(Map<String, Double> metrics, String... names) {
        for (String name : names) {
            assertClose(name, metrics, Objects.requireNonNull(logged.get(name)));
        }
        assertClose("train/grad_norm", metrics, gradientNorm);
    }

    private static void assertClose(String name, Map<String, Double> metrics, double expected) {
        // A small mean may be one of larger terms.
        assertThat(metrics.get(name)).as(name).isCloseTo(expected, within(PRECISION * (0.1 + Math.abs(expected))));
    }
}
