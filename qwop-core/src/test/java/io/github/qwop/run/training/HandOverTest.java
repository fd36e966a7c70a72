package io.github.qwop.run.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.env.Demonstrations;
import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.QwopVectorEnv;
import io.github.qwop.env.Recording;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.env.Split;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.learn.imitation.BehaviouralCloning;
import io.github.qwop.learn.imitation.CloningSpec;
import io.github.qwop.learn.ppo.PpoLearner;
import io.github.qwop.learn.ppo.PpoSpec;
import io.github.qwop.learn.problems.Corridor;
import io.github.qwop.learn.problems.Evaluation;
import io.github.qwop.model.Mlp;
import io.github.qwop.parallel.Workers;
import io.github.qwop.play.Actor;
import io.github.qwop.play.DemonstrationPlayer;
import io.github.qwop.play.Episode;
import io.github.qwop.play.EpisodePlayer;
import io.github.qwop.play.ReplayException;
import io.github.qwop.run.Silence;
import io.github.qwop.run.policy.TrainedPolicy;
import io.github.qwop.run.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PPO goes on from a clone, which brings no value network, without falling below it first. */
class HandOverTest {

    private static final int CELLS = 12;

    private static Mlp clone(Demonstrations shown, long steps, String netArch) {
        CloningSpec spec = Settings.bind(CloningSpec.DEFAULT, Map.of("netArch", netArch));
        try (BehaviouralCloning cloning = new BehaviouralCloning(spec, shown, steps, 1, Workers.one())) {
            while (cloning.steps() < steps) {
                cloning.iterate();
            }
            return cloning.actor();
        }
    }

    /** In each cell it goes right, but not much more often than left. */
    private static Mlp hesitant() {
        float[] seen = new float[(CELLS - 1) * CELLS];
        int[] right = new int[CELLS - 1];
        for (int cell = 0; cell < right.length; cell++) {
            seen[cell * CELLS + cell] = 1;
            right[cell] = 1;
        }
        return clone(Demonstrations.ofActions(CELLS, 2, seen, right), 600, "16");
    }

    /** The least mean reward that the greedy policy gets in 6000 steps. */
    private static double worst(Mlp clone, long seed, String valueWarmup, String cloneKl) {
        PpoSpec spec = Settings.bind(
                PpoSpec.PPO,
                Map.of(
                        "netArch", "16",
                        "nSteps", "32",
                        "learningRate", "0.01",
                        "gaeLambda", "0.5",
                        "valueWarmup", valueWarmup,
                        "cloneKl", cloneKl));
        double worst = reward(clone);
        try (PpoLearner learner =
                new PpoLearner(spec, new Corridor(8, CELLS, seed), 60_000, seed, (e, episode) -> {}, Workers.one())) {
            learner.startFrom(clone);
            while (learner.steps() < 6000) {
                learner.iterate();
                worst = Math.min(worst, reward(learner.actor()));
            }
        }
        return worst;
    }

    private static double reward(Mlp actor) {
        return Evaluation.meanReward(actor, new Corridor(40, CELLS, 77));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aCloneIsKeptWhileItsValuesAreLearned(long seed) {
        Mlp clone = hesitant();
        assertThat(reward(clone)).isEqualTo(1);
        assertThat(worst(clone, seed, "0", "none")).as("without either").isLessThan(0.8);
        assertThat(worst(clone, seed, "2000", "lin_decay_1_0_0.5"))
                .as("with both")
                .isEqualTo(1);
    }

    @Test
    void aRunnerIsKeptToo() throws ReplayException {
        try (TrainedPolicy policy =
                TrainedPolicy.open(Path.of("..", "examples", "record-10m", "policy.onnx"), new Silence())) {
            EnvSpec env = policy.environment().varied();
            List<Recording> recordings = play(env, policy.actor(), 12).stream()
                    .map(Episode::recording)
                    .toList();
            DemonstrationPlayer player = new DemonstrationPlayer(env, RewardShaper.NONE);
            List<Demonstrations> shown = new ArrayList<>();
            for (Recording recording : recordings) {
                shown.add(player.play(recording, new Twin(recording.trigonometry())));
            }
            Mlp clone = clone(Demonstrations.joined(shown), 200_000, "64,64");
            PpoSpec spec = Settings.bind(
                    PpoSpec.PPO,
                    Map.of(
                            "nSteps", "512",
                            "batchSize", "128",
                            "gamma", "0.995",
                            "valueWarmup", "10_000",
                            "cloneKl", "lin_decay_0.2_0_0.5"));
            double before = distance(env, clone);
            QwopVectorEnv games = new QwopVectorEnv(env, 8, Twin::new, RewardShaper.NONE, 2);
            try (PpoLearner learner = new PpoLearner(spec, games, 1_000_000, 2, (e, episode) -> {}, Workers.one())) {
                learner.startFrom(clone);
                while (learner.steps() < 24_000) {
                    learner.iterate();
                    double after = distance(env, learner.actor());
                    assertThat(after).as("metres at %d steps", learner.steps()).isGreaterThan(0.6 * before);
                }
            }
        }
    }

    private static List<Episode> play(EnvSpec env, Actor actor, int episodes) {
        return new EpisodePlayer(env, new Twin(env.trigonometry()))
                .play(actor, Split.VALIDATION.streams(7, 0, episodes));
    }

    private static double distance(EnvSpec env, Mlp actor) {
        return play(env, Actor.greedy(actor), 30).stream()
                .mapToDouble(Episode::distance)
                .average()
                .orElse(Double.NaN);
    }
}
