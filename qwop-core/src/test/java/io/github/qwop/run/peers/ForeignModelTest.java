package io.github.qwop.run.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.model.torch.TorchFile;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.Silence;
import io.github.qwop.run.policy.TrainedPolicy;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.training.Training;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user hears who gives a model of a kind that nothing here reads. */
class ForeignModelTest {

    private static final String STABLE_BASELINES_2 = "a model of stable-baselines 2 (TensorFlow), which cannot be read"
            + " here: give a model.zip that stable-baselines3 or sb3-contrib saved, or train a policy here.";
    private static final String PICKLE = "a Python pickle, a program that is not run here: give a model.zip that"
            + " stable-baselines3 or sb3-contrib saved, or train a policy here.";
    private static final String PYTORCH =
            "a file of PyTorch, which does not say what its network is for: give the whole"
                    + " model.zip in which stable-baselines3 or sb3-contrib saved it, beside its data, or train a policy here.";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Path zip(String name, String... entries) throws IOException {
        Path file = folder.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write("{}".getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    private Path file(String name, String hex, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, HexFormat.of().parseHex(hex));
        Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1), java.nio.file.StandardOpenOption.APPEND);
        return file;
    }

    private static void assertNoPolicy(Path file, String told) {
        assertThatThrownBy(() -> TrainedPolicy.open(file, new Silence()))
                .isInstanceOf(SettingException.class)
                .hasMessage("The policy " + file + " is " + told);
    }

    private void assertNoBeginning(Path file, String told) {
        RunSpec spec = RunSpec.of(Map.of(
                "runId", "r",
                "algorithm", "ppo",
                "totalTimesteps", "64",
                "nEnvs", "1",
                "learner.nSteps", "64",
                "modelLoadFile", file.toString()));
        assertThatThrownBy(() -> Training.run(folder, spec, false, 2, new Silence(), () -> false))
                .isInstanceOf(SettingException.class)
                .hasMessage("modelLoadFile is " + file + ", " + told);
    }

    private void assertTold(Path file, String told) {
        assertNoPolicy(file, told);
        assertNoBeginning(file, told);
    }

    @Test
    void zipsOfStableBaselines2() throws IOException {
        assertTold(zip("model.zip", "data", "parameters", "parameter_list"), STABLE_BASELINES_2);
    }

    @Test
    void picklesOfStableBaselines2() throws IOException {
        assertTold(
                file("model.pkl", "8003", "}X\6\0\0\0policycstable_baselines.deepq.policies\nMlpPolicy\ns."),
                STABLE_BASELINES_2);
        assertNoPolicy(file("model", "8004", "\u008c\34stable_baselines.a2c.policies"), STABLE_BASELINES_2);
    }

    @Test
    void otherPickles() throws IOException {
        assertTold(file("buffer.pkl", "8004", "\u008c\31stable_baselines3.common.buffers\u0094."), PICKLE);
        assertNoPolicy(file("any", "8002", "}."), PICKLE);
        assertNoPolicy(file("old.pkl", "", "(dp0\n."), PICKLE);
    }

    @Test
    void filesOfPyTorch() throws IOException {
        Path stateDict = Files.write(
                folder.resolve("policy.pth"),
                new TorchFile(ByteOrder.LITTLE_ENDIAN)
                        .add("0.weight", new float[4], 2, 2)
                        .end());
        assertTold(stateDict, PYTORCH);
        assertNoPolicy(zip("policy.zip", "policy/data.pkl", "policy/data/0", "policy/version"), PYTORCH);
        assertNoPolicy(
                zip("script.pt", "script/code/__torch__.py", "script/constants.pkl", "script/data.pkl"), PYTORCH);
        assertNoPolicy(file("before16", "80028a0a6cfc9c46f9206aa850192e", "more"), PYTORCH);
        assertNoPolicy(file("truncated.pt", "504b0304", "archive"), PYTORCH);
    }

    @Test
    void trainingsFromOnnxFiles() throws IOException {
        Path onnx = Files.copy(Path.of("../examples/record-10m/policy.onnx"), folder.resolve("policy.onnx"));

        assertNoBeginning(
                onnx,
                "an ONNX file, and a training cannot begin from one: give the checkpoint that it was exported from, or a"
                        + " stable-baselines3 model.zip.");
    }

    @Test
    void everythingElseIsLeftToOthers() throws IOException {
        assertThat(ForeignModel.of(Path.of("../examples/ci-gate/policy.zip"))).isEmpty();
        assertThat(ForeignModel.of(zip("model.zip", "data", "policy.pth", "pytorch_variables.pth")))
                .isEmpty();
        assertThat(ForeignModel.of(zip("some.zip", "data", "parameters"))).isEmpty();
        assertThat(ForeignModel.of(folder.resolve("none.zip"))).isEmpty();
        assertThat(ForeignModel.of(file("text.zip", "", "no zip file"))).isEmpty();
        assertThat(ForeignModel.of(file("empty.zip", "", ""))).isEmpty();
    }
}
