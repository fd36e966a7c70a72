package io.github.qwop.run.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.github.qwop.env.ActionSet;
import io.github.qwop.env.Observation;
import io.github.qwop.goal.Goals;
import io.github.qwop.learn.Learner;
import io.github.qwop.model.ActionNetwork;
import io.github.qwop.model.Activation;
import io.github.qwop.model.DenseLayer;
import io.github.qwop.model.Mlp;
import io.github.qwop.model.MlpForward;
import io.github.qwop.model.torch.TorchFile;
import io.github.qwop.run.Algorithm;
import io.github.qwop.run.Notes;
import io.github.qwop.run.RunDirectory;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.StoppedException;
import io.github.qwop.run.policy.TrainedPolicy;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.run.training.Training;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sb3ModelTest {

    private static final int INPUTS = Observation.QWOP_GYM.size();
    private static final String QR_DQN = "{\"num_timesteps\": 46500000, \"n_envs\": 1, \"gamma\": 0.997, \"seed\": 3,"
            + " \"learning_rate\": 0.001, \"n_quantiles\": %d, \"action_space\": {\":type:\": \"x\", \"n\": \"%d\"},"
            + " \"policy_kwargs\": {}}";
    private static final String PPO = "{\"num_timesteps\": 7, \"n_epochs\": 10, \"policy_kwargs\": {}}";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final List<String> said = new ArrayList<>();
    private final RunListener listener = new Notes(said, said);

    private static TorchFile torch() {
        return new TorchFile(ByteOrder.LITTLE_ENDIAN);
    }

    /** A weight that is zero but for one number in each row: row r takes input r % inputs times r + 1. */
    private static float[] picking(int outputs, int inputs) {
        float[] weight = new float[outputs * inputs];
        for (int r = 0; r < outputs; r++) {
            weight[r * inputs + r % inputs] = r + 1;
        }
        return weight;
    }

    private static void linear(TorchFile file, String name, int outputs, int inputs, float bias) {
        float[] biases = new float[outputs];
        Arrays.fill(biases, bias);
        file.add(name + ".weight", picking(outputs, inputs), outputs, inputs).add(name + ".bias", biases, outputs);
    }

    private Path model(String data, byte[] policy) throws IOException {
        Path file = folder.resolve("model.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("data"));
            zip.write(data.getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("policy.pth"));
            zip.write(policy);
            zip.putNextEntry(new ZipEntry("_stable_baselines3_version"));
            zip.write("2.2.1".getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    /** sb3-contrib's file of a QR-DQN with 3 hidden units, and targets that differ. */
    private static byte[] quantileNet(int actions, int quantiles) {
        TorchFile file = torch();
        for (String net : List.of("quantile_net.quantile_net.", "quantile_net_target.quantile_net.")) {
            linear(file, net + 0, 3, INPUTS, net.contains("target") ? 9 : 0.5f);
            linear(file, net + 2, actions * quantiles, 3, 0);
        }
        return file.end();
    }

    private static byte[] ppo(UnaryOperator<TorchFile> more) {
        TorchFile file = torch();
        linear(file, "mlp_extractor.policy_net.0", 4, INPUTS, 0);
        linear(file, "mlp_extractor.policy_net.2", 2, 4, 0.25f);
        linear(file, "mlp_extractor.value_net.0", 4, INPUTS, 0);
        linear(file, "mlp_extractor.value_net.2", 2, 4, -0.25f);
        linear(file, "action_net", 9, 2, 0);
        linear(file, "value_net", 1, 2, 1);
        return more.apply(file).end();
    }

    private static float[] observation() {
        float[] observation = new float[INPUTS];
        observation[0] = 0.5f;
        observation[1] = -1;
        observation[2] = 0.25f;
        observation[3] = -0.125f;
        return observation;
    }

    @Test
    void readsQuantilesInTheirOrderAndActsAsTheyDo() throws IOException {
        Sb3Model model = Sb3Model.open(model(QR_DQN.formatted(2, 9), quantileNet(9, 2)));

        assertThat(model.algorithm()).isEqualTo(Algorithm.QR_DQN);
        assertThat(model.steps()).isEqualTo(46_500_000);
        assertThat(model.environment().actionSet()).isEqualTo(ActionSet.REDUCED);
        assertThat(model.environment().framesPerStep()).isEqualTo(4);
        assertThat(model.network().meaning()).isEqualTo(ActionNetwork.Meaning.QUANTILES);
        assertThat(model.network().quantiles()).isEqualTo(2);
        assertThat(model.network().mlp().activation()).isEqualTo(Activation.RELU);
        assertThat(model.settings())
                .contains(
                        entry("learner.gamma", "0.997"),
                        entry("learner.nQuantiles", "2"),
                        entry("learner.netArch", "3"),
                        entry("learner.learningRate", "const_0.001"));

        // Hidden: max(0, 1·0.5 + 0.5), max(0, 2·−1 + 0.5), max(0, 3·0.25 + 0.5) = 1, 0, 1.25.
        // Their output o is (o + 1) times hidden o % 3; quantile k of action a is their output 9k + a.
        float[] hidden = {1, 0, 1.25f};
        float[] outputs = new MlpForward(model.network().mlp()).run(observation(), 0);
        for (int a = 0; a < 9; a++) {
            for (int k = 0; k < 2; k++) {
                int theirs = 9 * k + a;
                assertThat(outputs[2 * a + k]).isEqualTo((theirs + 1) * hidden[theirs % 3]);
            }
        }
        // Means are the largest for action 8: (9·1.25 + 18·1.25) / 2.
        float[] means = new MlpForward(model.network().actor()).run(observation(), 0);
        assertThat(means[8]).isCloseTo(16.875f, within(1e-5f));
    }

    @Test
    void readsDqnWithTheFullSetAndWithTheActionThatEnds() throws IOException {
        for (int actions : new int[] {16, 17}) {
            TorchFile file = torch();
            linear(file, "q_net.q_net.0", 3, INPUTS, 0);
            linear(file, "q_net.q_net.2", actions, 3, 0);
            Sb3Model model = Sb3Model.open(model("{}", file.end()));
            assertThat(model.algorithm()).isEqualTo(Algorithm.DQN);
            assertThat(model.environment().actionSet()).isEqualTo(ActionSet.FULL);
            assertThat(model.environment().tForTerminate()).isEqualTo(actions == 17);
            assertThat(model.environment().actionCount()).isEqualTo(actions);
            assertThat(model.network().quantiles()).isEqualTo(1);
        }
    }

    @Test
    void readsPolicyAndValueOfPpo() throws IOException {
        Sb3Model model = Sb3Model.open(model(PPO, ppo(file -> file)));
        assertThat(model.algorithm()).isEqualTo(Algorithm.PPO);
        assertThat(model.network().meaning()).isEqualTo(ActionNetwork.Meaning.LOGITS);

        double[] first = {Math.tanh(0.5), Math.tanh(-2), Math.tanh(0.75), Math.tanh(-0.5)};
        float[] logits = new MlpForward(model.network().mlp()).run(observation(), 0);
        double[] policy = {Math.tanh(first[0] + 0.25), Math.tanh(2 * first[1] + 0.25)};
        for (int a = 0; a < 9; a++) {
            assertThat((double) logits[a]).isCloseTo((a + 1) * policy[a % 2], within(1e-5));
        }
        float[] value = new MlpForward(Objects.requireNonNull(model.value())).run(observation(), 0);
        assertThat((double) value[0]).isCloseTo(Math.tanh(first[0] - 0.25) + 1, within(1e-5));
    }

    @Test
    void takesTheActivationFromReadableAttributesOnly() throws IOException {
        String relu = "{\"policy_kwargs\": {\":type:\": \"<class 'dict'>\", \":serialized:\": \"gAWVBAAA\","
                + " \"activation_fn\": \"<class 'torch.nn.modules.activation.ReLU'>\"}}";
        Sb3Model model = Sb3Model.open(model(relu, ppo(file -> file)));
        assertThat(model.network().mlp().activation()).isEqualTo(Activation.RELU);
        assertThat(model.algorithm()).isEqualTo(Algorithm.A2C);

        assertRefused(relu.replace("ReLU", "ELU"), ppo(file -> file), "ELU");
    }

    @Test
    void readsLayersThatPolicyAndValueShare() throws IOException {
        TorchFile file = torch();
        linear(file, "mlp_extractor.shared_net.0", 4, INPUTS, 0);
        linear(file, "action_net", 9, 4, 0);
        linear(file, "value_net", 1, 4, 0);
        Sb3Model model = Sb3Model.open(model(PPO, file.end()));
        assertThat(model.network().mlp().layers())
                .extracting(DenseLayer::outputs)
                .containsExactly(4, 9);
        assertThat(Objects.requireNonNull(model.value()).layers())
                .extracting(DenseLayer::outputs)
                .containsExactly(4, 1);
    }

    private void assertRefused(String data, byte[] policy, String reason) throws IOException {
        Path file = model(data, policy);
        assertThatThrownBy(() -> Sb3Model.open(file))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("model.zip cannot be used")
                .hasMessageContaining(reason)
                .hasMessageEndingWith("trained on qwop-gym.");
    }

    @Test
    void refusesWhatIsNotForThisGame() throws IOException {
        assertRefused(PPO, ppo(file -> file.raw("cos\nsystem\n")), "os.system");
        assertRefused(PPO, ppo(file -> file.add("lstm_actor.weight_ih_l0", new float[4], 2, 2)), "lstm_actor");
        assertRefused(PPO, torch().end(), "action_net.weight");
        assertRefused(QR_DQN.formatted(3, 9), quantileNet(9, 2), "how many actions and quantiles");
        assertRefused("{}", quantileNet(9, 2), "how many actions and quantiles");
        assertRefused(QR_DQN.formatted(2, 5), quantileNet(5, 2), "5 actions");
        assertRefused("[]", quantileNet(9, 2), "no JSON object");
        assertRefused("{", quantileNet(9, 2), "no JSON");

        TorchFile narrow = torch();
        linear(narrow, "q_net.q_net.0", 9, 59, 0);
        assertRefused("{}", narrow.end(), "59 values");
        TorchFile biasless = torch().add("q_net.q_net.0.weight", new float[9 * INPUTS], 9, INPUTS);
        assertRefused("{}", biasless.end(), "lacks q_net.q_net.0.bias");
        TorchFile normalised = torch();
        linear(normalised, "q_net.q_net.0", 3, INPUTS, 0);
        linear(normalised, "q_net.q_net.3", 9, 3, 0);
        assertRefused("{}", normalised.end(), "[0, 3]");
        TorchFile broken = torch();
        linear(broken, "q_net.q_net.0", 3, INPUTS, 0);
        linear(broken, "q_net.q_net.2", 9, 4, 0);
        assertRefused("{}", broken.end(), "takes 4 inputs");
    }

    @Test
    void refusesTruncatedFilesWithoutTakingThemForOthers() throws IOException {
        Path file = model(PPO, ppo(it -> it));
        byte[] whole = Files.readAllBytes(file);
        assertThat(Sb3Model.isModel(file)).isTrue();
        Path cut = folder.resolve("cut.zip");
        Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
        assertThat(Sb3Model.isModel(cut)).isFalse();
        assertThatThrownBy(() -> Sb3Model.open(cut))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("truncated");
        byte[] policy = ppo(it -> it);
        assertRefused(PPO, Arrays.copyOf(policy, policy.length - 30), "truncated");
    }

    @Test
    void playsAndExportsLikeACheckpoint() throws Exception {
        Path file = model(QR_DQN.formatted(2, 9), quantileNet(9, 2));
        try (TrainedPolicy policy = TrainedPolicy.open(file, listener)) {
            assertThat(policy.steps()).isEqualTo(46_500_000);
            assertThat(policy.actionCount()).isEqualTo(9);
        }
        assertThat(said)
                .anyMatch(line -> line.contains("qr-dqn, 46,500,000 steps, 9 actions")
                        && line.contains("environment.framesPerStep"));
        Map<String, String> settings = Map.of(
                "policy", file.toString(),
                "file", folder.resolve("policy.onnx").toString(),
                "environment.framesPerStep", "2");
        said.clear();
        assertThat(Goals.run("export-onnx", folder, settings, listener, () -> false)
                        .sentence())
                .contains("46,500,000 steps");
        assertThat(said)
                .as("what is given is not missed")
                .anyMatch(line -> line.endsWith("46,500,000 steps, 9 actions."))
                .noneMatch(line -> line.contains("does not tell its frames"));
        try (TrainedPolicy exported = TrainedPolicy.open(folder.resolve("policy.onnx"), listener)) {
            assertThat(exported.environment().framesPerStep()).isEqualTo(2);
            assertThat(exported.steps()).isEqualTo(46_500_000);
        }
    }

    private static Map<String, String> run(String algorithm, Path model, Map<String, String> more) {
        Map<String, String> run = new java.util.HashMap<>(Map.of(
                "runId", "r",
                "algorithm", algorithm,
                "totalTimesteps", "64",
                "nEnvs", "1",
                "modelLoadFile", model.toString(),
                "guard.evalEpisodes", "1",
                "environment.maxEpisodeSteps", "20",
                "learner.learningRate", "0"));
        run.putAll(more);
        return run;
    }

    /** With a rate of 0 the training ends with the network that it began with: theirs. */
    @Test
    void trainingStartsFromIt() throws IOException, StoppedException {
        Path file = model(QR_DQN.formatted(2, 9), quantileNet(9, 2));
        Map<String, String> form =
                Map.of("learner.netArch", "3", "learner.nQuantiles", "2", "learner.learningStarts", "8");
        Training.run(folder, RunSpec.of(run("qr-dqn", file, form)), false, 2, listener, () -> false);
        assertThat(said).anyMatch(line -> line.startsWith("learner.gamma") && line.contains("0.997 -> 0.99"));
        try (TrainedPolicy trained = TrainedPolicy.open(new RunDirectory(folder.resolve("r")).model(), listener)) {
            Mlp mlp = ((TrainedPolicy.Learned) trained).network().mlp();
            assertSame(mlp, Sb3Model.open(file).network().mlp());
        }
    }

    @Test
    void ppoStartsFromPolicyAndValue() throws IOException, StoppedException {
        Sb3Model model = Sb3Model.open(model(PPO, ppo(file -> file)));
        Map<String, String> form = Map.of("learner.netArch", "4,2", "learner.nSteps", "32");
        Path file = folder.resolve("model.zip");
        Training.run(folder, RunSpec.of(run("ppo", file, form)), false, 2, listener, () -> false);
        Path trained = new RunDirectory(folder.resolve("r")).model();
        try (TrainedPolicy policy = TrainedPolicy.open(trained, listener)) {
            assertSame(
                    ((TrainedPolicy.Learned) policy).network().mlp(),
                    model.network().mlp());
        }
        try (io.github.qwop.run.checkpoint.Checkpoint checkpoint =
                io.github.qwop.run.checkpoint.Checkpoint.open(trained)) {
            byte[] parameters = checkpoint.section(Learner.PARAMETERS).readAllBytes();
            // The value network's last bias, the section's last number, is 1: little-endian.
            assertThat(Arrays.copyOfRange(parameters, parameters.length - 4, parameters.length))
                    .isEqualTo(new byte[] {0, 0, (byte) 0x80, 0x3f});
        }
    }

    private static void assertSame(Mlp ours, Mlp theirs) {
        assertThat(ours.layers()).hasSameSizeAs(theirs.layers());
        for (int i = 0; i < ours.layers().size(); i++) {
            assertThat(ours.layers().get(i).weight())
                    .isEqualTo(theirs.layers().get(i).weight());
            assertThat(ours.layers().get(i).bias())
                    .isEqualTo(theirs.layers().get(i).bias());
        }
    }

    @Test
    void trainingOfAnotherFormNamesTheFormToTake() throws IOException, StoppedException {
        Path file = model(QR_DQN.formatted(2, 9), quantileNet(9, 2));
        for (Map<String, String> form : List.of(
                Map.of("learner.netArch", "3", "learner.nQuantiles", "4"),
                Map.of("learner.netArch", "3,3", "learner.nQuantiles", "2"),
                Map.of("learner.netArch", "3", "learner.nQuantiles", "2", "learner.activationFn", "tanh"),
                Map.of("learner.netArch", "3,3", "learner.nQuantiles", "2", "learner.dueling", "true"))) {
            Map<String, String> settings = new java.util.HashMap<>(form);
            settings.put("learner.learningStarts", "8");
            RunSpec spec = RunSpec.of(run("qr-dqn", file, settings));
            assertThatThrownBy(() -> Training.run(folder, spec, true, 2, listener, () -> false))
                    .isInstanceOf(SettingException.class)
                    .hasMessageContaining("learner.netArch to 3")
                    .hasMessageContaining("learner.nQuantiles to 2");
        }
        RunSpec ppo = RunSpec.of(run("ppo", file, Map.of("learner.netArch", "3", "learner.nSteps", "32")));
        assertThatThrownBy(() -> Training.run(folder, ppo, true, 2, listener, () -> false))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("algorithm to qr-dqn");
    }
}
