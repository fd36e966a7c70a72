package io.github.qwop.run.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.env.ActionSet;
import io.github.qwop.learn.imitation.CloningSpec;
import io.github.qwop.learn.ppo.PpoSpec;
import io.github.qwop.run.Algorithm;
import io.github.qwop.run.Notes;
import io.github.qwop.run.RunSpec;
import io.github.qwop.run.settings.SettingException;
import io.github.qwop.schedule.Schedule;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Configurations that people brought and that once failed, each with what comes of it now. */
class CasesTest {

    private static final Path CASES = Path.of("src/test/resources/cases");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final List<String> said = new ArrayList<>();
    private final Notes listener = new Notes(said, said);

    private RunSpec spec(Path file, Map<String, String> given) {
        return RunSpec.of(QwopGymConfig.settings(file, given, listener));
    }

    private void assertRefused(Path file, Map<String, String> given, String... parts) {
        assertThatThrownBy(() -> spec(file, given))
                .isInstanceOf(SettingException.class)
                .hasMessageContainingAll(parts)
                .message()
                .doesNotContain("\n");
    }

    private Path file(String name, String content) throws IOException {
        Path file = folder.resolve("config").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            config-gail-becomes-ppo/train_gail.yml        | by its trainer_kwargs, trains by adversarial imitation | algorithm bc and demonstrations
            config-gail-becomes-ppo/train_gail_obeyed.yml | by its name, trains by adversarial imitation           | algorithm bc and demonstrations
            config-bc-none-of-here/train_bc.yml           | recordings has data/recordings/*.rec                   | correct the path
            config-messages/train_ppo_latin1.yml          | not encoded in UTF-8, but probably in Latin-1          | save it as UTF-8
            config-messages/train_ppo_quoted.yml          | reduced_action_set is the text "true"                  | without them
            config-messages/train_ppo_twice.yml           | the key text_in_browser twice, the second time in line 3 | remove the other
            config-messages/train_ppo_rate.yml            | learner_kwargs.learning_rate is 0.001                  | learner_lr_schedule: const_0.001
            config-old-lr-mapping/train_ppo.yml           | learner_lr_schedule is {fn=const, initial_value=0.003} | give const_0.003, which is the same
            """)
    void refusesInOneSentenceWithItsCure(String file, String what, String cure) {
        assertRefused(CASES.resolve(file), Map.of(), what, cure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ppo", "bc"})
    void noNamedAlgorithmMakesAnAdversaryPlain(String algorithm) {
        assertRefused(
                CASES.resolve("config-gail-becomes-ppo/train_gail.yml"),
                Map.of("algorithm", algorithm),
                "adversarial imitation");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE"})
    void namesTheEncoding(String encoding) throws IOException {
        Path file = file("train_ppo.yml", "");
        Files.writeString(file, "seed: 5\n", Charset.forName(encoding));
        assertRefused(file, Map.of(), "probably in UTF-16", "save it as UTF-8");
    }

    @Test
    void aMarkAtTheBeginningOfUtf8IsNoKey() throws IOException {
        assertThat(spec(file("train_ppo.yml", "\uFEFFseed: 5\n"), Map.of()).seed())
                .isEqualTo(5);
    }

    @Test
    void readsWhatIsCloned() throws IOException {
        Path config = file("train_bc.yml", Files.readString(CASES.resolve("config-bc-none-of-here/train_bc.yml")));
        Path recordings = Files.createDirectories(folder.resolve("data/recordings"));
        Files.writeString(recordings.resolve("b.rec"), "seed=1\n1\n2\n3\n*\n4\nX\n");
        Files.writeString(recordings.resolve("a.rec"), "seed=1\n0\n0\n*\n");
        Files.writeString(recordings.resolve("notes.txt"), "");

        for (String algorithm : List.of("", "bc")) {
            RunSpec spec = spec(config, algorithm.isEmpty() ? Map.of() : Map.of("algorithm", algorithm));
            assertThat(spec.algorithm()).isEqualTo(Algorithm.BC);
            assertThat(spec.demonstrations())
                    .containsExactly(
                            recordings.resolve("a.rec").toString(),
                            recordings.resolve("b.rec").toString());
            assertThat(spec.totalTimesteps()).isEqualTo(100 * 5);
            assertThat(spec.environment().framesPerStep()).isEqualTo(4);
            assertThat(spec.environment().actionSet()).isEqualTo(ActionSet.FULL);
            CloningSpec learner = (CloningSpec) spec.learner();
            assertThat(learner.batchSize()).isEqualTo(64);
            assertThat(learner.entWeight()).isEqualTo(0.001);
            assertThat(learner.netArch()).containsExactly(32, 32);
            assertThat(learner.learningRate()).hasToString("const_0.001");
        }
        assertThat(said)
                .contains("n_epochs is 100: 500 totalTimesteps, as many passes over the 5 steps of the kept episodes.");
        assertThat(spec(config, Map.of("totalTimesteps", "64", "demonstrations", ""))
                        .totalTimesteps())
                .isEqualTo(64);
        assertThat(spec(config, Map.of("demonstrations", "mine.rec")).demonstrations())
                .containsExactly("mine.rec");
        assertThat(said).anyMatch(line -> line.startsWith("n_epochs is 100, and counts passes over the file's"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            learner_kwargs: {l2_weight: 0.1}     | learner_kwargs.l2_weight is 0.1 | only 0
            learner_kwargs: {n_steps: 64}        | learner_kwargs.n_steps is no key | batch_size, ent_weight
            total_timesteps: 64                  | total_timesteps is no key | n_epochs
            n_epochs: 0                          | n_epochs is 0 | 1 or more
            recordings: [data/recordings/b.rec]  | recordings has data/recordings/b.rec | correct the path
            recordings: [data/recordings/bad.rec] | bad.rec cannot be used: Line 1 | seed=<number>
            """)
    void refusesWhatCannotBeCloned(String content, String what, String cure) throws IOException {
        Path recordings = Files.createDirectories(folder.resolve("data/recordings"));
        Files.writeString(recordings.resolve("a.rec"), "seed=1\n0\n0\n*\n");
        if (content.contains("bad.rec")) {
            Files.writeString(recordings.resolve("bad.rec"), "{}");
        }
        assertRefused(file("train_bc.yml", content + "\n"), Map.of(), what, cure);
    }

    @Test
    void cloningWithoutKeysIsAsQwopGymHasIt() throws IOException {
        Path recordings = Files.createDirectories(folder.resolve("data/recordings"));
        Files.writeString(recordings.resolve("a.rec"), "seed=1\n0\n0\n*\n");
        RunSpec spec = spec(
                file("train_bc.yml", "learner_kwargs: {minibatch_size: ~, l2_weight: 0.0}\nsave_ppo_warmup: true\n"),
                Map.of());
        assertThat(spec.totalTimesteps()).isEqualTo(200);
        assertThat(spec.environment().framesPerStep()).isEqualTo(1);
        assertThat(said).contains("Of no meaning here, in train_bc.yml: minibatch_size, save_ppo_warmup.");
    }

    @Test
    void theFileNamesTheRunWhereNothingElseDoes() {
        Path file = CASES.resolve("config-run-id/train_ppo.yml");
        Map<String, String> few = Map.of("totalTimesteps", "512");
        assertThat(spec(file, few).runId()).isEqualTo("speed-1");
        assertThat(said)
                .contains(
                        "The run's name is speed-1, from train_ppo.yml: give it to the other goals with -Dqwop.runId.");
        said.clear();
        assertThat(spec(file, Map.of("totalTimesteps", "512", "runId", "mine")).runId())
                .isEqualTo("mine");
        assertThat(said).noneMatch(line -> line.startsWith("The run's name"));
        assertThat(spec(CASES.resolve("config-run-id/train_ppo_date.yml"), few).runId())
                .isEqualTo("2024-05-01");
    }

    /** The k-th of 15 decays came when k/16 of a training was over, and none once the rate was below the least. */
    @ParameterizedTest
    @CsvSource({"5.0e-05, 12, 0.75", "0, 15, 0.9375"})
    void anOldStairIsTheSameOneInTodaysWords(String least, int decays, double fraction) throws IOException {
        Path file = file("train_dqn.yml", """
                learner_lr_schedule:
                  fn: step_decay
                  initial_value: 0.001
                  step: 0.75
                  decays: 15
                  min_value: %s
                """.formatted(least));
        String cure = "exp_decay_0.001_";
        assertRefused(file, Map.of(), "learner_lr_schedule is {fn=step_decay", "give " + cure, ", which is the same");
        try {
            spec(file, Map.of());
        } catch (SettingException e) {
            String text = String.valueOf(e.getMessage()).replaceAll(".*give (exp_decay[^,]*),.*", "$1");
            Schedule today = Schedule.parse(text);
            for (int k = 0; k <= 15; k++) {
                double rate = 0.001 * Math.pow(0.75, Math.min(k, least.equals("0") ? 15 : 11));
                assertThat(today.at(1 - (k + 0.5) / 16))
                        .as(text)
                        .isCloseTo(rate, org.assertj.core.data.Percentage.withPercentage(0.01));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            env_kwargs: {t_for_terminate: "false"}        | t_for_terminate is the text "false" | without them
            learner_kwargs: {normalize_advantage: 'True'} | normalize_advantage is the text "True" | without them
            learner_kwargs: {learning_rate: 5.0e-5}       | learner_kwargs.learning_rate is 5.0E-5 | learner_lr_schedule: const_0.00005 in
            learner_kwargs: {use_sde: 'false'}            | use_sde is the text "false" | without them
            env_kwargs: {settle_spawn: true}              | env_kwargs.settle_spawn is true | environment.startNoise
            env_kwargs: {hurdles_enabled: false}          | env_kwargs.hurdles_enabled is false | remove the key
            env_kwargs: {r_for_terminate: true}           | env_kwargs.r_for_terminate is true | t_for_terminate
            env_kwargs: {reward_mode: distance}           | env_kwargs.reward_mode is distance | rewardShaper
            env_kwargs: {speed_rew_mult: 0.0}             | env_kwargs.speed_rew_mult is 0.0 (here 0.01), | rewardShaper
            env_kwargs: {distance_rew_mult: 10.0, speed_rew_mult: 0.2} | env_kwargs.distance_rew_mult is 10.0 (here 0) and speed_rew_mult is 0.2 (here 0.01), | remove such keys
            save_freq: 5000                               | save_freq is 5000 | n_checkpoints
            demo_file: d.npz                              | demo_file is d.npz | learner.demoRatio
            [{module: a.b, cls: FlexibleGaitImitationWrapper, kwargs: {hold_bonus: 0.04}}] | has a.b.FlexibleGaitImitationWrapper with hold_bonus 0.04, | environment.actionSet distinct
            [{module: a.b, cls: EarlySurvivalWrapper}]    | has a.b.EarlySurvivalWrapper, | environment.failureCost
            [{module: a.b, cls: AntiScrapeCurriculumWrapper}] | has a.b.AntiScrapeCurriculumWrapper, | io.github.qwop.env.Upright
            [{module: a.b, cls: StartPaceWrapper}]        | has a.b.StartPaceWrapper, | io.github.qwop.env.Pace
            [{module: a.b, cls: StuckDetectionWrapper}]   | has a.b.StuckDetectionWrapper, | environment.maxEpisodeSteps
            [{module: a.b, cls: Mine}]                    | has a.b.Mine, | a rewardShaper
            """)
    void namesWhatDoesTheSameHere(String content, String what, String cure) throws IOException {
        String yaml = content.startsWith("[") ? "env_wrappers: " + content : content;
        assertRefused(file("train_ppo.yml", yaml + "\n"), Map.of(), what, cure);
    }

    @Test
    void keysOfForksThatChangeNothingArePassedOver() throws IOException {
        Path file = file("scout_ppo_2.yml", """
                algorithm: PPO
                log_dir: data/logs
                reset_num_timesteps: false
                env_kwargs:
                  {settle_spawn: false, settle_max_steps: 20, hurdles_enabled: true, r_for_terminate: false,
                   speed_rew_mult: 0.01, distance_rew_mult: 0}
                """);
        assertThat(spec(file, Map.of()).learner()).isInstanceOf(PpoSpec.class);
        assertThat(said)
                .contains("Of no meaning here, in scout_ppo_2.yml: distance_rew_mult, hurdles_enabled, log_dir,"
                        + " r_for_terminate, reset_num_timesteps, settle_max_steps, settle_spawn, speed_rew_mult.");
    }

    /** One refused key after another would lead to a training that was never meant. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dqn.yml       | {program: a, method: grid, parameters: {c: {x: 1, x: 2}}} | many trainings | train_ppo.yml
            race.yml      | {fps: 30, model_a: {file: a}, model_b: {file: b}}          | two models | qwop:watch
            demos.yml     | {model_file: a, out_file: b, n_episodes: 5}                | for imitation | qwop:record
            eval_ppo.yml  | {model_file: a, n_episodes: 5, seed: 1}                    | evaluates a model | qwop:evaluate
            spectate.yml  | {model_file: a, fps: 30}                                   | shows a model's play | qwop:watch
            replay.yml    | {recordings: [a.rec], fps: 30}                             | replays | demonstrations
            record.yml    | {fps: 30, reset_delay: 1}                                  | a person play | qwop:play
            benchmark.yml | {steps: 100}                                               | measures speed | qwop:benchmark
            env.yml       | {frames_per_step: 1, browser: x, loglevel: WARN}           | env_kwargs alone | train_ppo.yml
            train_airl.yml | {total_timesteps: 64}                                     | adversarial | algorithm bc
            """)
    void aFileForSomethingElseIsToldAsThat(String name, String content, String what, String cure) throws IOException {
        assertRefused(file(name, content), Map.of(), name, what, cure);
    }

    @Test
    void aParsersLinesBecomeOneSentence() throws IOException {
        assertRefused(file("train_ppo.yml", "seed: 1\nenv_kwargs: {a: [}\n"), Map.of(), "is no YAML", "line 2, ");
        assertThat(Files.readAllBytes(CASES.resolve("config-messages/train_ppo_latin1.yml")))
                .as("still in Latin-1")
                .contains("é".getBytes(StandardCharsets.ISO_8859_1)[0]);
    }
}
