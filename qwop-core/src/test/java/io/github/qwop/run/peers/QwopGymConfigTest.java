package io.github.qwop.run.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.qwop.env.ActionSet;
import io.github.qwop.learn.dqn.DqnSpec;
import io.github.qwop.learn.ppo.PpoSpec;
import io.github.qwop.run.Algorithm;
import io.github.qwop.run.Notes;
import io.github.qwop.run.RunListener;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.settings.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QwopGymConfigTest {

    /** run0 of a practitioner's log, with qwop-rl's keys. */
    private static final String RUN0 = """
            ---
            seed: ~
            run_id: ~
            model_load_file: ~
            out_dir_template: "data/QRDQN-{run_id}"
            log_tensorboard: true
            total_timesteps: 32_000_000
            max_episode_steps: 1000
            n_checkpoints: 50
            n_envs: 8
            vec_env_type: "subproc"
            learner_kwargs:
              policy: "MlpPolicy"
              device: "auto"
              buffer_size: 100000
              learning_starts: 100000
              batch_size: 64
              tau: 1.0
              gamma: 0.997
              train_freq: 4
              gradient_steps: 1
              target_update_interval: 512
              exploration_fraction: 0.3
              exploration_initial_eps: 0.2
              exploration_final_eps: 0
              max_grad_norm: ~
            learner_lr_schedule: "const_0.001"
            env_kwargs:
              __include__: "config/env.yml"
              frames_per_step: 4
              reduced_action_set: true
              text_in_browser: "Training..."
            env_wrappers: []
            """;

    private static final String ENV = """
            browser: "/path/to/browser"
            driver: "/path/to/chromedriver"
            render_mode: "browser"
            failure_cost: 5
            time_cost_mult: 15
            frames_per_step: 1
            t_for_terminate: false
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final List<String> said = new ArrayList<>();
    private final RunListener listener = new Notes(said, said);

    private Path file(String name, String content) throws IOException {
        Path file = folder.resolve("config").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private RunSpec spec(Path file, Map<String, String> given) {
        return RunSpec.of(QwopGymConfig.settings(file, given, listener));
    }

    @Test
    void readsRunZeroOfTheLog() throws IOException {
        file("env.yml", ENV);
        RunSpec spec = spec(file("train_qrdqn.yml", RUN0), Map.of());

        assertThat(spec.algorithm()).isEqualTo(Algorithm.QR_DQN);
        assertThat(spec.totalTimesteps()).isEqualTo(32_000_000);
        assertThat(spec.nEnvs()).isEqualTo(8);
        assertThat(spec.nCheckpoints()).isEqualTo(50);
        assertThat(spec.environment().maxEpisodeSteps()).isEqualTo(1000);
        assertThat(spec.environment().framesPerStep()).isEqualTo(4);
        assertThat(spec.environment().actionSet()).isEqualTo(ActionSet.REDUCED);
        assertThat(spec.environment().failureCost()).isEqualTo(5);
        assertThat(spec.environment().timeCostMult()).isEqualTo(15);
        assertThat(spec.environment().successReward()).isEqualTo(50);
        DqnSpec learner = (DqnSpec) spec.learner();
        assertThat(learner.bufferSize()).isEqualTo(100_000);
        assertThat(learner.targetUpdateInterval()).isEqualTo(512);
        assertThat(learner.explorationFinalEps()).isZero();
        assertThat(learner.maxGradNorm()).isNull();
        assertThat(learner.learningRate()).hasToString("const_0.001");
        assertThat(learner.nQuantiles()).isEqualTo(200);

        assertThat(said)
                .contains("Of no meaning here, in train_qrdqn.yml: browser, device, driver, log_tensorboard,"
                        + " out_dir_template, render_mode, text_in_browser, vec_env_type.");
        assertThat(said).anyMatch(line -> line.startsWith("n_checkpoints is 50 and counts environment steps here"));
    }

    @Test
    void thePomWinsAndTheLineSaysSo() throws IOException {
        file("env.yml", ENV);
        RunSpec spec = spec(
                file("train_qrdqn.yml", RUN0),
                Map.of("runId", "mine", "totalTimesteps", "200000", "nEnvs", "8", "learner.gamma", "0.99"));
        assertThat(spec.runId()).isEqualTo("mine");
        assertThat(spec.totalTimesteps()).isEqualTo(200_000);
        assertThat(spec.learner().gamma()).isEqualTo(0.99);
        assertThat(said)
                .contains("The POM and the command line win over train_qrdqn.yml: learner.gamma is 0.99, not"
                        + " 0.997; totalTimesteps is 200000, not 32000000.");
    }

    @Test
    void whatIsLeftOutIsAsQwopGymHasIt() throws IOException {
        RunSpec spec = spec(file("train_ppo_2.yml", "seed: 5\n"), Map.of());
        assertThat(spec.algorithm()).isEqualTo(Algorithm.PPO);
        assertThat(spec.seed()).isEqualTo(5);
        assertThat(spec.nEnvs()).isEqualTo(1);
        assertThat(spec.environment().framesPerStep()).isEqualTo(1);
        assertThat(spec.environment().actionSet()).isEqualTo(ActionSet.FULL);
        assertThat(spec.environment().maxEpisodeSteps()).isEqualTo(5000);
        assertThat(said)
                .contains("Not in train_ppo_2.yml, so as qwop-gym has it: environment.actionSet full,"
                        + " environment.framesPerStep 1, environment.maxEpisodeSteps 5000, learner.learningRate const_0.003,"
                        + " nCheckpoints 5, nEnvs 1, totalTimesteps 1000000.");
    }

    /**
     * Those of stable-baselines3 2.2.1 and sb3-contrib 2.1.0, which qwop-gym pins; later ones begin after 100 steps.
     */
    @ParameterizedTest
    @CsvSource({"train_qrdqn.yml", "train_dqn.yml", "train_eqrdqn.yml"})
    void learningStartsWhereThePinnedVersionsStartIt(String name) throws IOException {
        assertThat(learner(name, "seed: 5\n").learningStarts()).isEqualTo(50_000);
        assertThat(said)
                .contains(
                        "Not in " + name + ", so as qwop-gym has it: environment.actionSet full,"
                                + " environment.framesPerStep 1, environment.maxEpisodeSteps 5000, learner.learningRate"
                                + " const_0.003, learner.learningStarts 50000, nCheckpoints 5, nEnvs 1, totalTimesteps 1000000.");

        assertThat(learner(name, "learner_kwargs: {learning_starts: 100}\n").learningStarts())
                .isEqualTo(100);
        DqnSpec given = (DqnSpec) spec(file(name, "seed: 5\n"), Map.of("learner.learningStarts", "200"))
                .learner();
        assertThat(given.learningStarts()).isEqualTo(200);
    }

    @Test
    void readsPpoWithItsNetworks() throws IOException {
        RunSpec spec = spec(file("train_ppo.yml", """
                total_timesteps: !!float 10e6
                learner_kwargs:
                  policy: MlpPolicy
                  use_sde: false
                  sde_sample_freq: 4
                  n_steps: 2048
                  batch_size: 32
                  n_epochs: 10
                  gae_lambda: 0.98
                  clip_range: 0.4
                  normalize_advantage: true
                  ent_coef: 0.001
                  vf_coef: 0.5
                  max_grad_norm: 3
                  policy_kwargs:
                    net_arch: {pi: [256, 128], vf: [256, 128]}
                    activation_fn: torch.nn.ReLU
                    ortho_init: false
                    optimizer_kwargs: {eps: 1.0e-7, betas: [0.8, 0.99]}
                learner_lr_schedule: lin_decay_0.001_0.0001_0.75
                """), Map.of());
        assertThat(spec.totalTimesteps()).isEqualTo(10_000_000);
        PpoSpec learner = (PpoSpec) spec.learner();
        assertThat(learner.netArch()).containsExactly(256, 128);
        assertThat(learner.activationFn()).hasToString("RELU");
        assertThat(learner.orthoInit()).isFalse();
        assertThat(learner.adamEps()).isEqualTo(1e-7);
        assertThat(learner.adamBeta1()).isEqualTo(0.8);
        assertThat(learner.clipRange()).hasToString("const_0.4");
        assertThat(learner.maxGradNorm()).isEqualTo(3);
        assertThat(learner.learningRate()).hasToString("lin_decay_0.001_0.0001_0.75");
    }

    @Test
    void readsPrioritizedReplayAndA2c() throws IOException {
        DqnSpec enhanced =
                (DqnSpec) spec(file("train_eqrdqn.yml", """
                learner_kwargs: {per_alpha: 0.7, per_beta_start: 0.5, per_beta_frames: 1000, per_eps: 1e-6, n_steps: 3}
                """), Map.of()).learner();
        assertThat(enhanced.prioritized()).isTrue();
        assertThat(enhanced.prioritizedAlpha()).isEqualTo(0.7);
        assertThat(enhanced.prioritizedBeta()).isEqualTo(0.5);
        assertThat(enhanced.nStep()).isEqualTo(3);

        PpoSpec a2c = (PpoSpec) spec(
                        file("mine.yml", "learner_cls: A2C\nlearner_kwargs: {n_steps: 16, rms_prop_eps: 0.001}\n"),
                        Map.of())
                .learner();
        assertThat(a2c.nSteps()).isEqualTo(16);
        assertThat(a2c.rmsPropEps()).isEqualTo(0.001);
        assertThat(spec(file("other.yml", "seed: 1\n"), Map.of("algorithm", "expert-iteration"))
                        .algorithm())
                .isEqualTo(Algorithm.EXPERT_ITERATION);
        assertThat(spec(file("other.yml", "seed: 1\n"), Map.of("algorithm", "dqn"))
                        .algorithm())
                .isEqualTo(Algorithm.DQN);
    }

    @Test
    void saysWhatIsIgnoredThereAndHoldsHere() throws IOException {
        String kwargs = "learner_kwargs: {policy_kwargs: {optimizer_kwargs: {eps: 1.0e-5}%s}}\n";
        String ignored = "optimizer_kwargs hold here; there QR-DQN replaces them";
        assertThat(learner("train_qrdqn.yml", kwargs.formatted("")).adamEps()).isEqualTo(1e-5);
        assertThat(said).anyMatch(line -> line.startsWith(ignored));

        said.clear();
        String rate = "learner_lr_schedule: exp_decay_0.001_0.0001_0.5_";
        learner("train_qrdqn.yml", kwargs.formatted(", optimizer_class: torch.optim.Adam") + rate + "10\n");
        learner("train_dqn.yml", kwargs.formatted(""));
        assertThat(said).noneMatch(line -> line.startsWith(ignored) || line.contains("always 10"));

        learner("train_qrdqn.yml", rate + "20\n");
        assertThat(said)
                .contains("learner_lr_schedule is exp_decay_0.001_0.0001_0.5_20, and its last number is that of its"
                        + " steps here; there they are always 10.");
    }

    private DqnSpec learner(String name, String content) throws IOException {
        return (DqnSpec) spec(file(name, content), Map.of()).learner();
    }

    @Test
    void findsTheModelBesideTheConfigurationsFolder() throws IOException {
        Path model = Files.createDirectories(folder.resolve("data/QRDQN-x")).resolve("model.zip");
        Files.writeString(model, "");
        String content = RUN0.replace("model_load_file: ~", "model_load_file: data/QRDQN-x/model.zip");
        file("env.yml", ENV);
        Map<String, String> settings = QwopGymConfig.settings(file("train_qrdqn.yml", content), Map.of(), listener);
        assertThat(settings).contains(entry("modelLoadFile", model.toString()));
        assertThat(said).anyMatch(line -> line.startsWith("With model_load_file, total_timesteps come on top"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            total_timestep: 5                                 | total_timestep is no key | total_timesteps
            learner_kwargs: {target_interval: 5}              | learner_kwargs.target_interval is no key | target_update_interval
            learner_kwargs: {n_epochs: 5}                     | learner_kwargs.n_epochs is no key | buffer_size
            learner_kwargs: {learning_rate: 5}                | learner_kwargs.learning_rate is 5 | learner_lr_schedule: const_5
            learner_kwargs: {policy: CnnPolicy}               | learner_kwargs.policy is CnnPolicy | MlpPolicy
            learner_kwargs: {use_sde: true}                   | learner_kwargs.use_sde is true | false
            learner_kwargs: {train_freq: [4, step]}           | learner_kwargs.train_freq is [4, step] | single value
            learner_kwargs: {policy_kwargs: {dueling: 1}}     | policy_kwargs.dueling is no key | n_quantiles
            learner_kwargs: {policy_kwargs: {activation_fn: ELU}} | activation_fn is ELU | Tanh
            learner_kwargs: {policy_kwargs: {net_arch: {pi: [1], vf: [2]}}} | net_arch | one list
            learner_kwargs: {policy_kwargs: {optimizer_kwargs: {lr: 1}}} | optimizer_kwargs.lr | betas, eps
            learner_kwargs: 5                                 | learner_kwargs is 5 | mapping
            env_kwargs: {frame_per_step: 5}                   | env_kwargs.frame_per_step is no key | frames_per_step
            env_kwargs: {reduced_action_set: 1}               | reduced_action_set is 1 | true or false
            learner_kwargs: {policy_kwargs: {net_arch: [64, [32]]}} | net_arch is [64, [32]] | such as [64, 64]
            learner_kwargs: {policy_kwargs: {optimizer_class: torch.optim.NAdam}} | NAdam | only Adam
            env_kwargs: {speed_rew_mult: fast}                | speed_rew_mult is fast | remove such keys
            env_kwargs: {speed_rew_mult: 0.2}                 | speed_rew_mult is 0.2 | rewardShaper
            env_kwargs: {distance_rew_mult: 10.0}             | distance_rew_mult is 10.0 | rewardShaper
            env_kwargs: {__include__: nowhere.yml}            | nowhere.yml | correct the path
            env_wrappers: [{module: a, cls: SpeedWrapper}]    | SpeedWrapper | rewardShaper
            demo_file: demos.npz                              | demos.npz | remove
            learner_cls: RPPO                                 | RPPO | a2c
            seed: !!python/object:os.system x                 | no YAML | python
            5                                                 | no mapping | train_qrdqn.yml
            """)
    void refusesByNameAndSaysWhatIsAllowed(String content, String named, String allowed) throws IOException {
        Path file = file("train_qrdqn.yml", content + "\n");
        assertThatThrownBy(() -> QwopGymConfig.settings(file, Map.of(), listener))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(named)
                .hasMessageContaining(allowed);
    }

    @Test
    void refusesFilesThatAreNotThereOrNameNoAlgorithm() throws IOException {
        assertThatThrownBy(() -> QwopGymConfig.settings(folder.resolve("none.yml"), Map.of(), listener))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("none.yml does not exist");
        Path nameless = file("run.yml", "seed: 1\n");
        assertThatThrownBy(() -> QwopGymConfig.settings(nameless, Map.of(), listener))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("set algorithm");
        file("env.yml", "__include__: config/env.yml\n");
        Path circle = file("train_dqn.yml", "env_kwargs: {__include__: config/env.yml}\n");
        assertThatThrownBy(() -> QwopGymConfig.settings(circle, Map.of(), listener))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("circle");
        Path twice = file("train_dqn.yml", "seed: 1\nseed: 2\n");
        assertThatThrownBy(() -> QwopGymConfig.settings(twice, Map.of(), listener))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("has the key seed twice, the second time in line 2");
    }
}
