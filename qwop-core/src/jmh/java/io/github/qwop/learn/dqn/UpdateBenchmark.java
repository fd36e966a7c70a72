package io.github.qwop.learn.dqn;

import io.github.qwop.parallel.Workers;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.github.qwop.env.Demonstrations;
import io.github.qwop.env.EnvSpec;
import io.github.qwop.env.QwopVectorEnv;
import io.github.qwop.env.RewardShaper;
import io.github.qwop.game.twin.Twin;
import io.github.qwop.model.Activation;
import io.github.qwop.model.Adam;
import io.github.qwop.model.QNetwork;
import io.github.qwop.random.RandomStream;
import io.github.qwop.run.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * QR-DQN updates per second, batch 64, 200 quantiles, two hidden layers of 64, clipping and Adam: the learner's own
 * update, batch drawing included, and the loss written literally over a 64 × 200 × 200 tensor, on a batch at hand.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = {
            "-Dai.djl.offline=true",
            "-Dai.djl.pytorch.num_threads=1",
            "-Dai.djl.pytorch.num_interop_threads=1"
        })
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class UpdateBenchmark {

    private static final int BATCH = 64;
    private static final int QUANTILES = 200;
    private static final int OBSERVATION = 60;
    private static final int ACTIONS = 9;
    private static final float GAMMA = 0.997f;
    private static final double RATE = 1e-3;
    private static final double CLIP = 10;
    private static final List<String> NAMES =
            List.of("q.0.weight", "q.0.bias", "q.1.weight", "q.1.bias", "q.2.weight", "q.2.bias");

    private DqnLearner learner;
    private DqnLearner learnerOnTwo;
    private Workers two;
    private QNetwork online;
    private QNetwork target;
    private Adam adam;
    private NDManager manager;
    private float[] observations;
    private float[] nextObservations;
    private float[] rewards;
    private long[] actions;

    /** Fills a learner's replay buffer, and makes a batch for the literal form. */
    @Setup
    public void build() {
        DqnSpec spec = Settings.bind(
                DqnSpec.QR_DQN,
                Map.of(
                        "learningRate", String.valueOf(RATE),
                        "bufferSize", "20000",
                        "learningStarts", "10000",
                        "batchSize", String.valueOf(BATCH),
                        "gamma", String.valueOf(GAMMA),
                        "targetUpdateInterval", "512",
                        "explorationFraction", "0.3",
                        "explorationInitialEps", "0.2",
                        "explorationFinalEps", "0",
                        "maxGradNorm", String.valueOf(CLIP)));
        two = new Workers(2);
        learner = learner(spec, Workers.one());
        learnerOnTwo = learner(spec, two);
        QNetwork.Form form =
                new QNetwork.Form(OBSERVATION, ACTIONS, QUANTILES, List.of(64, 64), Activation.RELU, false, false);
        online = new QNetwork(form, RandomStream.of(1, "initialisation"), true);
        target = new QNetwork(form, RandomStream.of(1, "initialisation"), false);
        adam = new Adam(online.parameters(), 0.9, 0.999, 0.01 / BATCH);
        manager = online.parameters().manager();
        RandomStream random = RandomStream.of(2, "batch");
        observations = uniform(random, BATCH * OBSERVATION);
        nextObservations = uniform(random, BATCH * OBSERVATION);
        rewards = uniform(random, BATCH);
        actions = new long[BATCH * QUANTILES];
        for (int i = 0; i < BATCH; i++) {
            java.util.Arrays.fill(actions, i * QUANTILES, (i + 1) * QUANTILES, random.nextInt(ACTIONS));
        }
    }

    private static DqnLearner learner(DqnSpec spec, Workers workers) {
        DqnLearner learner = new DqnLearner(
                spec,
                new QwopVectorEnv(EnvSpec.DEFAULT, 8, Twin::new, RewardShaper.NONE, 1),
                Demonstrations.none(OBSERVATION, ACTIONS),
                1_000_000,
                1,
                (env, episode) -> {},
                workers);
        while (learner.steps() < 10_000) {
            learner.iterate();
        }
        return learner;
    }

    private static float[] uniform(RandomStream random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return values;
    }

    /** The learner's update. */
    @Benchmark
    public void closedForm() {
        learner.update();
    }

    /** The same on two cores. */
    @Benchmark
    public void onTwoCores() {
        learnerOnTwo.update();
    }

    /** Huber loss of all pairs of quantiles as one tensor, differentiated by the engine. */
    @Benchmark
    public double literal() {
        try (NDManager scope = manager.newSubManager();
                GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            NDArray next = target.forward(scope.create(nextObservations, new Shape(BATCH, OBSERVATION)));
            NDArray best =
                    next.mean(new int[] {2}).argMax(1).reshape(BATCH, 1, 1).repeat(2, QUANTILES);
            NDArray targets = next.gather(best, 1)
                    .reshape(BATCH, QUANTILES)
                    .mul(GAMMA)
                    .add(scope.create(rewards, new Shape(BATCH, 1)))
                    .stopGradient();
            NDArray current = online.forward(scope.create(observations, new Shape(BATCH, OBSERVATION)))
                    .gather(scope.create(actions, new Shape(BATCH, 1, QUANTILES)), 1)
                    .reshape(BATCH, QUANTILES);
            NDArray difference = targets.expandDims(1).sub(current.expandDims(2));
            NDArray size = difference.abs();
            NDArray huber = size.gt(1)
                    .toType(DataType.FLOAT32, false)
                    .mul(size.sub(0.5f))
                    .add(size.lte(1)
                            .toType(DataType.FLOAT32, false)
                            .mul(difference.square().mul(0.5f)));
            NDArray levels = scope.arange(0f, QUANTILES, 1f)
                    .add(0.5f)
                    .div(QUANTILES)
                    .reshape(1, QUANTILES, 1);
            NDArray weight = levels.sub(difference.stopGradient().lt(0).toType(DataType.FLOAT32, false))
                    .abs();
            NDArray loss = weight.mul(huber).mean(new int[] {2}).sum(new int[] {1}).mean();
            collector.backward(loss);
            for (int i = 0; i < NAMES.size(); i++) {
                float[] found = online.parameters().tensors().get(i).getGradient().toFloatArray();
                System.arraycopy(found, 0, online.parameters().gradient(NAMES.get(i)), 0, found.length);
            }
            return adam.update(RATE, CLIP) + loss.get(new NDIndex()).toFloatArray()[0];
        }
    }

    /** Frees both networks. */
    @TearDown
    public void close() {
        learner.close();
        learnerOnTwo.close();
        two.close();
        online.close();
        target.close();
    }
}
