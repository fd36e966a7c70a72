package io.github.qwop.env;

import io.github.qwop.game.Trigonometry;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.random.RandomStream;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Environment steps a second with the observation after each, in either form; the keys are the same. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ObservationBenchmark {

    private final float[] observation = new float[Observation.RELATIVE.size()];
    private final QwopEnv gym = environment(Observation.QWOP_GYM);
    private final QwopEnv torso = environment(Observation.RELATIVE);
    private final RandomStream keys = RandomStream.of(1, "keys");

    private static QwopEnv environment(Observation form) {
        EnvSpec spec = new EnvSpec(
                4, ActionSet.DISTINCT, false, 1000, 10, 50, 10, StartNoise.NOTHING, Trigonometry.FDLIBM, form);
        QwopEnv env = new QwopEnv(spec, new Twin(), RewardShaper.NONE, RandomStream.of(1, "environment-0"));
        env.reset();
        return env;
    }

    /** With qwop-gym's form. */
    @Benchmark
    public float[] qwopGym() {
        return step(gym);
    }

    /** With the relative form. */
    @Benchmark
    public float[] relative() {
        return step(torso);
    }

    /** One step, with the reset where an episode ends. */
    private float[] step(QwopEnv env) {
        if (env.terminated() || env.truncated()) {
            env.reset();
        }
        env.step(keys.nextInt(ActionSet.DISTINCT.size()));
        env.observe(observation, 0);
        return observation;
    }
}
