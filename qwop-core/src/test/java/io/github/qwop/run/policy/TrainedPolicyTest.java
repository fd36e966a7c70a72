package io.github.qwop.run.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.env.ActionSet;
import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.Observation;
import io.github.qwop.env.StartNoise;
import io.github.qwop.game.Trigonometry;
import io.github.qwop.model.ActionNetwork;
import io.github.qwop.model.Activation;
import io.github.qwop.model.DenseLayer;
import io.github.qwop.model.Mlp;
import io.github.qwop.model.onnx.OnnxWriter;
import io.github.qwop.run.Silence;
import io.github.qwop.run.checkpoint.CheckpointException;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainedPolicyTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void refusesAFileThatIsNotThere() {
        assertThatThrownBy(() -> TrainedPolicy.open(folder.resolve("nowhere.zip"), new Silence()))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("nowhere.zip does not exist: train the run first");
    }

    @Test
    void refusesWhatIsNoCheckpointAndLeavesItAlone() throws IOException {
        Path file = Files.writeString(folder.resolve("broken.zip"), "no zip file");

        assertThatThrownBy(() -> TrainedPolicy.open(file, new Silence()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("broken.zip is truncated or no zip file");
        assertThat(file).hasContent("no zip file");
    }

    @Test
    void refusesWhatIsNoOnnxFile() throws IOException {
        Path file = Files.writeString(folder.resolve("broken.onnx"), "no protocol buffer");

        assertThatThrownBy(() -> TrainedPolicy.open(file, new Silence()))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("The policy " + file + " cannot be used: ")
                .hasMessageEndingWith("export the run again with qwop:export-onnx.");
    }

    @Test
    void refusesAnOnnxFileOfAnotherObservationSize() throws IOException {
        Path file = onnx(59, 9);

        assertThatThrownBy(() -> TrainedPolicy.open(file, new Silence()))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("takes 59 values per observation, and its form of observation, qwop-gym, has 60");
    }

    @Test
    void refusesAnEnvironmentSeenInAnotherForm() throws IOException {
        try (TrainedPolicy policy = TrainedPolicy.open(onnx(60, ActionSet.REDUCED.size()), new Silence())) {
            EnvSpec relative = new EnvSpec(
                    4,
                    ActionSet.REDUCED,
                    false,
                    1000,
                    10,
                    50,
                    10,
                    StartNoise.NOTHING,
                    Trigonometry.FDLIBM,
                    Observation.RELATIVE);

            assertThatThrownBy(() -> policy.check(relative, Path.of("policy.onnx")))
                    .isInstanceOf(SettingException.class)
                    .hasMessage(
                            "environment.observation is relative, and the policy policy.onnx sees the form qwop-gym:"
                                    + " remove the setting, or name another policy.");
        }
    }

    @Test
    void refusesAnEnvironmentOfOtherActions() throws IOException {
        try (TrainedPolicy policy = TrainedPolicy.open(onnx(60, ActionSet.REDUCED.size()), new Silence())) {
            EnvSpec more = new EnvSpec(4, ActionSet.REDUCED, true, 1000, 10, 50, 10, StartNoise.NOTHING);

            assertThatThrownBy(() -> policy.check(more, Path.of("policy.onnx")))
                    .isInstanceOf(SettingException.class)
                    .hasMessageContaining("environment.actionSet is")
                    .hasMessageContaining("with " + (ActionSet.REDUCED.size() + 1) + " actions, and the policy")
                    .hasMessageContaining("chooses from " + ActionSet.REDUCED.size());
        }
    }

    @Test
    void refusesAsManyOtherActions() throws IOException {
        try (TrainedPolicy policy = TrainedPolicy.open(onnx(60, ActionSet.REDUCED.size()), new Silence())) {
            EnvSpec distinct = new EnvSpec(4, ActionSet.DISTINCT, false, 1000, 10, 50, 10, StartNoise.NOTHING);

            assertThatThrownBy(() -> policy.check(distinct, Path.of("policy.onnx")))
                    .isInstanceOf(SettingException.class)
                    .hasMessage(
                            "environment.actionSet is distinct, and the policy policy.onnx was trained with reduced,"
                                    + " whose actions are other keys: remove the setting, or name another policy.");
        }
    }

    private Path onnx(int inputs, int outputs) throws IOException {
        Mlp linear = new Mlp(
                List.of(new DenseLayer(inputs, outputs, new float[inputs * outputs], new float[outputs])),
                Activation.RELU);
        int[] none = new int[inputs];
        Arrays.fill(none, -1);
        float[] ones = new float[inputs];
        Arrays.fill(ones, 1);
        byte[] bytes = OnnxWriter.write(
                new ActionNetwork(linear, outputs, ActionNetwork.Meaning.QUANTILES),
                new OnnxWriter.Normalisation(none, new float[inputs], ones, 1),
                Map.of("qwop.run_id", "linear"));
        return Files.write(folder.resolve("policy.onnx"), bytes);
    }
}
