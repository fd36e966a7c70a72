package io.github.qwop.run.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.learn.Learner;
import io.github.qwop.run.Notes;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.Silence;
import io.github.qwop.run.StoppedException;
import io.github.qwop.run.checkpoint.Checkpoint;
import io.github.qwop.run.policy.TrainedPolicy;
import io.github.qwop.run.settings.SettingException;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a training takes over from a checkpoint of another one, and what it refuses. */
class ModelLoadFileTest {

    private static final Map<String, String> SETTINGS = Map.of(
            "totalTimesteps", "40",
            "nEnvs", "2",
            "guard.evalFreq", "40",
            "guard.evalEpisodes", "1",
            "environment.actionSet", "none,QP,WO",
            "environment.maxEpisodeSteps", "20",
            "learner.netArch", "8");

    private static final Map<String, Map<String, String>> ALGORITHMS = Map.of(
            "qr-dqn", Map.of("learner.learningStarts", "20", "learner.nQuantiles", "3", "learner.bufferSize", "100"),
            "ppo", Map.of("learner.nSteps", "10"),
            "acer", Map.of("learner.nSteps", "10", "learner.bufferSize", "20", "learner.replayStart", "10"),
            "expert-iteration", Map.of("learner.nSteps", "10", "learner.horizon", "3"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Notes notes = new Notes();

    private void train(String run, String algorithm, Map<String, String> own) throws Exception {
        Training.run(folder, spec(run, algorithm, own), false, 2, new Silence(), () -> false);
    }

    /** Plays one piece of work, from which nothing is learned yet, and leaves a checkpoint. */
    private Checkpoint begun(String algorithm, Map<String, String> own) throws Exception {
        Map<String, String> settings = new HashMap<>(own);
        settings.put("learner.learningStarts", "30");
        RunSpec spec = spec("new", algorithm, settings);
        assertThatThrownBy(() -> Training.run(folder, spec, false, 2, notes, () -> true))
                .isInstanceOf(StoppedException.class);
        return Checkpoint.open(
                new RunDirectory(folder.resolve("new")).checkpointFiles().get(0));
    }

    private RunSpec spec(String run, String algorithm, Map<String, String> own) {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.putAll(ALGORITHMS.getOrDefault(algorithm, Map.of()));
        settings.put("runId", run);
        settings.put("algorithm", algorithm);
        settings.putAll(own);
        return RunSpec.of(settings);
    }

    private static byte[] section(Checkpoint checkpoint, String name) throws IOException {
        try (DataInputStream in = checkpoint.section(name)) {
            return in.readAllBytes();
        }
    }

    private void assertTaken(Path from, Checkpoint begun, String... sections) throws IOException {
        try (Checkpoint old = Checkpoint.open(from)) {
            for (String section : sections) {
                assertThat(section(begun, section)).as(section).isEqualTo(section(old, section));
            }
        }
    }

    /** Checkpoints of a training, the newest first, of which three are whole. */
    private List<Path> checkpoints(String algorithm, Map<String, String> own) throws Exception {
        Map<String, String> settings = new HashMap<>(own);
        settings.putAll(Map.of(
                "learner.targetUpdateInterval", "14", "learner.learningStarts", "4", "learner.learningRate", "0.01"));
        train("old", algorithm, settings);
        return new RunDirectory(folder.resolve("old")).checkpointFiles();
    }

    private void assertTold(String... rows) {
        for (String row : rows) {
            assertThat(notes.infos()).anyMatch(line -> line.matches(row));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void optimiserAndTargetNetworkAreKept(int age) throws Exception {
        Path file = checkpoints("qr-dqn", Map.of()).get(age);
        try (Checkpoint old = Checkpoint.open(file)) {
            assertThat(old.has("replay")).as("is whole, not thinned").isEqualTo(age == 0);
            assertThat(section(old, Learner.TARGET)).isNotEqualTo(section(old, Learner.PARAMETERS));
        }
        try (Checkpoint begun = begun("qr-dqn", Map.of("modelLoadFile", file.toString()))) {
            assertTaken(file, begun, Learner.PARAMETERS, Learner.OPTIMISER, Learner.TARGET);
        }
        assertTold("optimiser's state +there -> kept", "target network +there -> kept");
        assertThat(notes.infos()).noneMatch(line -> line.contains("holds no target network"));
    }

    @Test
    void whereNoTargetNetworkIsItBeginsAsACopyAndALineSaysSo() throws Exception {
        checkpoints("qr-dqn", Map.of());
        try (Checkpoint begun =
                begun("qr-dqn", Map.of("modelLoadFile", model("old").toString()))) {
            assertTaken(model("old"), begun, Learner.PARAMETERS, Learner.OPTIMISER);
            assertThat(section(begun, Learner.TARGET)).isEqualTo(section(begun, Learner.PARAMETERS));
        }
        assertTold("optimiser's state +there -> kept", "target network +- -> begins anew");
        assertThat(notes.infos())
                .contains("model.zip holds no target network, which begins as a copy of the network; a"
                        + " model_<steps>_steps.zip of the run holds it.");
    }

    @Test
    void ofAnotherAlgorithmTheNetworkAloneIsTaken() throws Exception {
        Path file = checkpoints("qr-dqn", Map.of("learner.nQuantiles", "1")).get(0);
        Map<String, String> own = Map.of("modelLoadFile", file.toString(), "learner.bufferSize", "100");
        try (Checkpoint begun = begun("dqn", own);
                Checkpoint old = Checkpoint.open(file)) {
            assertTaken(file, begun, Learner.PARAMETERS);
            assertThat(section(begun, Learner.OPTIMISER)).isNotEqualTo(section(old, Learner.OPTIMISER));
            assertThat(section(begun, Learner.TARGET)).isEqualTo(section(begun, Learner.PARAMETERS));
        }
        assertTold("optimiser's state +there -> begins anew", "target network +there -> begins anew");
        assertThat(notes.infos())
                .contains("The checkpoint is of another algorithm or optimiser: its network alone is taken over.");
    }

    @ParameterizedTest
    @CsvSource({"ppo, false, kept", "a2c, true, kept", "a2c, false, begins anew"})
    void ppoAndA2cGoOnWithTheSameOptimiser(String algorithm, String useRmsProp, String told) throws Exception {
        Map<String, String> rollouts = Map.of("learner.nSteps", "10");
        train("old", algorithm, rollouts);
        Map<String, String> own = new HashMap<>(rollouts);
        own.put("modelLoadFile", model("old").toString());
        own.put("learner.useRmsProp", useRmsProp);
        // The only rollout is learned from, so that updates have been added to the old ones.
        Training.run(folder, spec("new", algorithm, own), false, 2, notes, () -> false);
        assertTold("optimiser's state +there -> " + told);
        try (Checkpoint old = Checkpoint.open(model("old"));
                Checkpoint now = Checkpoint.open(model("new"));
                DataInputStream before = old.section(Learner.OPTIMISER);
                DataInputStream after = now.section(Learner.OPTIMISER)) {
            long updates = before.readLong();
            assertThat(updates).isPositive();
            assertThat(after.readLong()).isEqualTo(told.equals("kept") ? 2 * updates : updates);
        }
    }

    @Test
    void acerGoesOnWithItsOptimiser() throws Exception {
        Map<String, String> own = new HashMap<>(Map.of("learner.replayRatio", "0"));
        train("old", "acer", own);
        own.put("modelLoadFile", model("old").toString());
        Training.run(folder, spec("new", "acer", own), false, 2, notes, () -> false);
        assertTold("optimiser's state +there -> kept");
        try (Checkpoint now = Checkpoint.open(model("new"));
                DataInputStream after = now.section(Learner.OPTIMISER)) {
            assertThat(after.readLong()).as("two of each").isEqualTo(4);
        }
    }

    /** PPO values states and ACER actions, so that there is nothing else to take over. */
    @ParameterizedTest
    @CsvSource({"ppo, acer", "acer, ppo", "acer, a2c", "acer, expert-iteration"})
    void aPolicyGoesOnBesideOtherValues(String theirs, String ours) throws Exception {
        train("old", theirs, Map.of("learner.activationFn", "tanh"));
        // With a rate of 0 it stays what it was.
        Map<String, String> own = Map.of(
                "learner.learningRate",
                "0",
                "learner.nSteps",
                "10",
                "modelLoadFile",
                model("old").toString());
        Training.run(folder, spec("new", ours, own), false, 2, notes, () -> false);
        assertTold("optimiser's state +there -> begins anew");
        assertThat(notes.infos())
                .contains("The checkpoint's values are of another kind: its policy alone is taken over.");
        assertThat(notes.warnings().stream().anyMatch(line -> line.startsWith("The policy brings no value network")))
                .as("whoever judges states begins with values that know nothing")
                .isEqualTo(!ours.equals("acer"));
        try (Checkpoint old = Checkpoint.open(model("old"));
                Checkpoint now = Checkpoint.open(model("new"))) {
            assertThat(section(now, TrainedPolicy.SECTION)).isEqualTo(section(old, TrainedPolicy.SECTION));
        }
    }

    /** PPO and expert iteration both value states. */
    @ParameterizedTest
    @CsvSource({"ppo, expert-iteration", "expert-iteration, ppo", "expert-iteration, a2c"})
    void valuesOfStatesAreTakenOver(String theirs, String ours) throws Exception {
        train("old", theirs, Map.of());
        Map<String, String> own = Map.of(
                "learner.learningRate",
                "0",
                "learner.nSteps",
                "10",
                "modelLoadFile",
                model("old").toString());
        Training.run(folder, spec("new", ours, own), false, 2, notes, () -> false);
        assertTold("optimiser's state +there -> begins anew");
        try (Checkpoint old = Checkpoint.open(model("old"));
                Checkpoint now = Checkpoint.open(model("new"))) {
            assertThat(section(now, Learner.PARAMETERS)).isEqualTo(section(old, Learner.PARAMETERS));
        }
    }

    @ParameterizedTest
    @CsvSource({"qr-dqn, true, false", "ppo, false, true"})
    void otherLayersNormalisationIsRefused(String algorithm, String theirs, String ours) throws Exception {
        train("old", algorithm, Map.of("learner.layerNorm", theirs));
        assertThatThrownBy(() -> train("new", algorithm, from("old", "learner.layerNorm", ours)))
                .isInstanceOf(SettingException.class)
                .hasMessage("modelLoadFile is " + model("old") + ", which does not fit this learner. Its"
                        + " learner.layerNorm is " + theirs + ", here it is " + ours
                        + ": give learner.layerNorm the checkpoint's value.");
    }

    /** From training to acting, by way of files, with the normalisation of every kind of network. */
    @ParameterizedTest
    @CsvSource({
        "qr-dqn, learner.dueling, true",
        "dqn, learner.dueling, false",
        "ppo, learner.nSteps, 10",
        "acer, learner.nSteps, 10",
        "expert-iteration, learner.nSteps, 10"
    })
    void normalisedLayersAreInTheFileThatActs(String algorithm, String setting, String value) throws Exception {
        Map<String, String> own = new HashMap<>(Map.of("learner.layerNorm", "true", setting, value));
        if (algorithm.equals("dqn")) {
            own.putAll(Map.of("learner.learningStarts", "20", "learner.bufferSize", "100"));
        }
        train("old", algorithm, own);
        own.put("modelLoadFile", model("old").toString());
        train("new", algorithm, own);
        for (String run : List.of("old", "new")) {
            try (TrainedPolicy policy = TrainedPolicy.open(model(run), new Silence())) {
                assertThat(((TrainedPolicy.Learned) policy).network().mlp().layerNorm())
                        .isTrue();
            }
        }
    }

    private Map<String, String> from(String run, String setting, String value) {
        return Map.of("modelLoadFile", model(run).toString(), setting, value);
    }

    private Path model(String run) {
        return new RunDirectory(folder.resolve(run)).model();
    }

    @ParameterizedTest
    @CsvSource({"qr-dqn, tanh, relu", "ppo, relu, tanh"})
    void anotherActivationFunctionIsRefused(String algorithm, String theirs, String ours) throws Exception {
        train("old", algorithm, Map.of("learner.activationFn", theirs));
        assertThatThrownBy(() -> train("new", algorithm, from("old", "learner.activationFn", ours)))
                .isInstanceOf(SettingException.class)
                .hasMessage("modelLoadFile is " + model("old") + ", which does not fit this learner. Its"
                        + " learner.activationFn is " + theirs + ", here it is " + ours
                        + ": give learner.activationFn the checkpoint's value.");
        train("new", algorithm, from("old", "learner.activationFn", theirs));
        assertThat(model("new")).exists();
    }

    @ParameterizedTest
    @CsvSource({
        "qr-dqn, ppo, 'It was trained with qr-dqn, whose outputs are returns, and algorithm is ppo: set algorithm to qr-dqn"
                + " or dqn, or name another checkpoint.'",
        "ppo, qr-dqn, 'It was trained with ppo, whose outputs are preferences, and algorithm is qr-dqn: set algorithm to"
                + " ppo, a2c, acer or expert-iteration, or name another checkpoint.'",
    })
    void aNetworkOfAnotherMeaningIsRefused(String theirs, String ours, String told) throws Exception {
        train("old", theirs, Map.of());

        assertThatThrownBy(() ->
                        train("new", ours, Map.of("modelLoadFile", model("old").toString())))
                .isInstanceOf(SettingException.class)
                .hasMessage("modelLoadFile is " + model("old") + ", which does not fit this learner. " + told);
    }

    @Test
    void asManyOtherActionsAreRefused() throws Exception {
        train("old", "qr-dqn", Map.of());
        assertThatThrownBy(() -> train("new", "qr-dqn", from("old", "environment.actionSet", "none,WO,QP")))
                .isInstanceOf(SettingException.class)
                .hasMessage("modelLoadFile is " + model("old") + ", which does not fit this learner. Its"
                        + " environment.actionSet is none,QP,WO, here it is none,WO,QP: give environment.actionSet the"
                        + " checkpoint's value.");
    }
}
