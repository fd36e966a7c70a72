package io.github.qwop.run.export;

import com.google.gson.stream.JsonWriter;
import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.QwopEnv;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.file.Fault;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.play.Actor;
import io.github.qwop.random.RandomStream;
import io.github.qwop.run.checkpoint.AtomicFile;
import io.github.qwop.run.policy.TrainedPolicy;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Observations of episodes that a policy plays, with every tenth action a random one, so that they differ.
 *
 * @param raw the form's raw values, [{@value #COUNT} × values of an observation]
 * @param normalised the same as the network sees them
 * @param actions what the policy takes at each
 * @param starts which of them begin an episode
 */
@SuppressWarnings("ArrayRecordComponent")
record Played(float[] raw, float[] normalised, int[] actions, List<Integer> starts) {

    static final int COUNT = 1000;
    private static final int FORMAT = 1;

    /** Values of an observation. */
    int size() {
        return raw.length / COUNT;
    }

    /** Plays. */
    static Played by(TrainedPolicy.Learned policy) {
        int size = policy.environment().observation().size();
        float[] raw = new float[COUNT * size];
        float[] normalised = new float[raw.length];
        int[] actions = new int[COUNT];
        EnvSpec spec = policy.environment().varied();
        List<Integer> starts = new ArrayList<>(List.of(0));
        RandomStream random = RandomStream.of(1, "export");
        Actor actor = policy.actor();
        try (QwopEnv env = new QwopEnv(
                spec, new Twin(spec.trigonometry()), RewardShaper.NONE, RandomStream.of(1, "export-start"))) {
            env.reset();
            for (int i = 0; i < COUNT; i++) {
                env.observeRaw(raw, i * size);
                env.observe(normalised, i * size);
                actions[i] = actor.act(env);
                env.step(random.nextInt(10) == 0 ? random.nextInt(policy.actionCount()) : actions[i]);
                if ((env.terminated() || env.truncated()) && i + 1 < COUNT) {
                    env.reset();
                    starts.add(i + 1);
                }
            }
        }
        return new Played(raw, normalised, actions, List.copyOf(starts));
    }

    /**
     * Writes the raw observations and the actions as JSON, for programs in other languages to compare themselves with.
     *
     * @return a sentence on it
     * @throws SettingException if the file cannot be written
     */
    String write(Path file) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.beginObject();
            json.name("format").value(FORMAT);
            json.name("observations").beginArray();
            for (int i = 0; i < COUNT; i++) {
                json.beginArray();
                for (int k = 0; k < size(); k++) {
                    json.value(raw[i * size() + k]);
                }
                json.endArray();
            }
            json.endArray();
            json.name("actions").beginArray();
            for (int action : actions) {
                json.value(action);
            }
            json.endArray();
            json.name("starts").beginArray();
            for (int start : starts) {
                json.value(start);
            }
            json.endArray();
            json.endObject();
            json.flush();
            AtomicFile.write(file, text + "\n");
        } catch (IOException e) {
            throw new SettingException(
                    "The file " + file + " cannot be written (" + Fault.of(e)
                            + "): set exportOnnx.observations to a place that can, or make room.",
                    e);
        }
        return "Its " + COUNT + " observations and actions are in " + file + ".";
    }
}
