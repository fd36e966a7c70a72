package io.github.qwop.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.env.Demonstrations;
import io.github.qwop.learn.acer.AcerSpec;
import io.github.qwop.learn.dqn.DqnSpec;
import io.github.qwop.learn.expert.ExpertIterationSpec;
import io.github.qwop.learn.imitation.CloningSpec;
import io.github.qwop.learn.ppo.PpoSpec;
import io.github.qwop.learn.problems.TwoArmedBandit;
import io.github.qwop.metric.Metric;
import io.github.qwop.run.settings.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What learners declare of their figures. */
class MetricTest {

    static List<LearnerSpec> specs() {
        PpoSpec everything = Settings.bind(
                PpoSpec.PPO, Map.of("clipRangeVf", "0.2", "entCoef", "lin_decay_0.01_0.001_1", "cloneKl", "const_0.1"));
        return List.of(
                DqnSpec.QR_DQN,
                DqnSpec.DQN,
                PpoSpec.PPO,
                PpoSpec.A2C,
                everything,
                AcerSpec.ACER,
                ExpertIterationSpec.DEFAULT,
                CloningSpec.DEFAULT);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void whatALearnerTellsIsDeclared(LearnerSpec spec) {
        List<String> declared = spec.metrics().stream().map(Metric::name).toList();
        TwoArmedBandit env = new TwoArmedBandit(2, 1);
        boolean[] end = {true};
        Demonstrations one = new Demonstrations(
                env.observationSize(),
                env.actionCount(),
                new float[env.observationSize()],
                new int[1],
                new float[1],
                end,
                new boolean[1],
                new float[env.observationSize()]);
        try (Learner learner = spec.create(env, one, 10_000, 1, (number, episode) -> {})) {
            assertThat(declared)
                    .doesNotHaveDuplicates()
                    .containsAll(learner.metrics().keySet());
        }
    }
}
