package io.github.qwop.learn.dqn;

import io.github.qwop.env.Demonstrations;
import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.QwopVectorEnv;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.game.twin.Twin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Prints the resident memory of this process over 20,000 updates of QR-DQN; on Linux. */
public final class MemoryRun {

    private static final int UPDATES = 20_000;
    private static final int STRIDE = 2_000;

    private MemoryRun() {}

    /** Runs. */
    public static void main(String[] arguments) throws IOException {
        QwopVectorEnv env = new QwopVectorEnv(EnvSpec.DEFAULT, 8, Twin::new, RewardShaper.NONE, 1);
        try (DqnLearner learner = new DqnLearner(
                DqnSpec.QR_DQN,
                env,
                Demonstrations.none(env.observationSize(), env.actionCount()),
                1_000_000,
                1,
                (number, episode) -> {})) {
            while (learner.steps() < 10_000) {
                learner.iterate();
            }
            for (int i = 1; i <= UPDATES; i++) {
                learner.update();
                if (i % STRIDE == 0) {
                    System.out.println(i + " updates: " + resident());
                }
            }
        }
    }

    private static String resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .findFirst()
                .orElse("no figure");
    }
}
