package io.github.qwop.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import io.github.qwop.parallel.Workers;
import io.github.qwop.random.RandomStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptimiserTest {

    /** Larger than the lanes in which squares are summed, and no multiple of them. */
    private static final int SIZE = 600;

    private static Parameters parameters() {
        Parameters parameters = new Parameters(true);
        float[] x = new float[SIZE];
        x[0] = 3;
        x[SIZE - 1] = -4;
        parameters.add("x", x, new Shape(SIZE));
        parameters.add("y", new float[] {0.5f}, new Shape(1));
        return parameters;
    }

    /** Adds the gradient of Σ x²/2 + 2y: x itself, and 2. */
    private static void differentiate(Parameters parameters) {
        float[] x = parameters.values("x");
        float[] gradient = parameters.gradient("x");
        for (int i = 0; i < x.length; i++) {
            gradient[i] += x[i];
        }
        parameters.gradient("y")[0] += 2;
    }

    @Test
    void whatHasForgottenStepsAsAtFirst() {
        try (Parameters parameters = parameters()) {
            Adam adam = new Adam(parameters, 0.9, 0.99, 1e-3);
            for (int i = 0; i < 3; i++) {
                differentiate(parameters);
                adam.update(0.1, null);
            }
            adam.forget();
            assertThat(adam.updates()).isZero();
            float before = parameters.values("y")[0];
            differentiate(parameters);
            adam.update(0.1, null);
            assertThat(parameters.values("y")[0]).isCloseTo((float) (before - 0.2 / 2.001), within(1e-6f));
        }
    }

    @Test
    void adamsFirstStepIsTheRateAndItsSecondFollowsTheCorrectedMoments() {
        try (Parameters parameters = parameters()) {
            Adam adam = new Adam(parameters, 0.9, 0.99, 1e-3);
            differentiate(parameters);
            assertThat(adam.update(0.1, null)).isCloseTo(Math.sqrt(9 + 16 + 4), within(1e-6));
            // m̂ = g and v̂ = g²: the step is rate · g / (|g| + ε).
            double x1 = 3 - 0.1 * 3 / (3 + 1e-3);
            assertThat(parameters.values("x")[0]).isCloseTo((float) x1, within(1e-6f));
            assertThat(parameters.values("x")[SIZE - 1]).isCloseTo((float) (-4 + 0.4 / 4.001), within(1e-6f));
            assertThat(parameters.values("x")[1]).isZero();
            assertThat(parameters.values("y")[0]).isCloseTo((float) (0.5 - 0.2 / 2.001), within(1e-6f));

            differentiate(parameters);
            adam.update(0.1, null);
            double mean = (0.9 * 0.1 * 3 + 0.1 * x1) / (1 - 0.81);
            double variance = (0.99 * 0.01 * 9 + 0.01 * x1 * x1) / (1 - 0.9801);
            assertThat(parameters.values("x")[0])
                    .isCloseTo((float) (x1 - 0.1 * mean / (Math.sqrt(variance) + 1e-3)), within(2e-6f));
            assertThat(adam.updates()).isEqualTo(2);
        }
    }

    @Test
    void rmsPropDividesByTheRootMeanSquare() {
        try (Parameters parameters = parameters()) {
            RmsProp rmsProp = new RmsProp(parameters, 0.99, 1e-3, RmsProp.Kind.PYTORCH, Workers.one());
            differentiate(parameters);
            rmsProp.update(0.1, null);
            double x1 = 3 - 0.1 * 3 / (Math.sqrt(0.01 * 9) + 1e-3);
            assertThat(parameters.values("x")[0]).isCloseTo((float) x1, within(1e-5f));
            differentiate(parameters);
            rmsProp.update(0.1, null);
            double square = 0.99 * 0.01 * 9 + 0.01 * x1 * x1;
            assertThat(parameters.values("x")[0])
                    .isCloseTo((float) (x1 - 0.1 * x1 / (Math.sqrt(square) + 1e-3)), within(1e-5f));
        }
    }

    /** TensorFlow's mean square begins at 1, and epsilon is under the root. */
    @Test
    void rmsPropAsTensorFlowHasItBeginsGently() {
        try (Parameters parameters = parameters()) {
            RmsProp rmsProp = new RmsProp(parameters, 0.99, 1e-1, RmsProp.Kind.TENSORFLOW, Workers.one());
            differentiate(parameters);
            rmsProp.update(0.1, null);
            double square = 0.99 + 0.01 * 9;
            double x1 = 3 - 0.1 * 3 / Math.sqrt(square + 1e-1);
            assertThat(parameters.values("x")[0]).isCloseTo((float) x1, within(1e-5f));
            differentiate(parameters);
            rmsProp.update(0.1, null);
            square = 0.99 * square + 0.01 * x1 * x1;
            double x2 = x1 - 0.1 * x1 / Math.sqrt(square + 1e-1);
            assertThat(parameters.values("x")[0]).isCloseTo((float) x2, within(1e-5f));

            rmsProp.forget();
            differentiate(parameters);
            rmsProp.update(0.1, null);
            double x3 = x2 - 0.1 * x2 / Math.sqrt(0.99 + 0.01 * x2 * x2 + 1e-1);
            assertThat(parameters.values("x")[0]).isCloseTo((float) x3, within(1e-5f));
        }
    }

    /** PyTorch's Adam adds it to a gradient that has been limited before. */
    @Test
    void weightDecayIsAddedToTheLimitedGradient() {
        try (Parameters parameters = parameters()) {
            // One step of the rate times the gradient over epsilon, which is huge.
            Adam adam = new Adam(parameters, 0.9, 0.99, 1e5, 0.25, Workers.one());
            differentiate(parameters);
            double norm = Math.sqrt(9 + 16 + 4);
            assertThat(adam.update(1e4, norm / 2)).isCloseTo(norm, within(1e-6));
            assertThat(parameters.values("x")[0]).isCloseTo((float) (3 - 0.1 * (1.5 + 0.25 * 3)), within(1e-4f));
            assertThat(parameters.values("x")[SIZE - 1]).isCloseTo((float) (-4 + 0.1 * (2 + 1)), within(1e-4f));
            assertThat(parameters.values("x")[1]).isZero();
            assertThat(parameters.values("y")[0]).isCloseTo((float) (0.5 - 0.1 * (1 + 0.25 * 0.5)), within(1e-4f));
        }
    }

    @Test
    void aLimitScalesTheWholeGradient() {
        try (Parameters free = parameters();
                Parameters limited = parameters()) {
            // Not Adam: its first step does not depend on the gradient's scale.
            RmsProp half = new RmsProp(limited, 0, 1, RmsProp.Kind.PYTORCH, Workers.one());
            RmsProp whole = new RmsProp(free, 0, 1, RmsProp.Kind.PYTORCH, Workers.one());
            differentiate(free);
            differentiate(limited);
            double norm = whole.update(0.1, 1e9);
            assertThat(half.update(0.1, norm / 2)).isEqualTo(norm);
            assertThat(free.values("x")[0]).isCloseTo(3 - 0.1f * 3 / (3 + 1), within(1e-6f));
            assertThat(limited.values("x")[0]).isCloseTo(3 - 0.1f * 1.5f / (1.5f + 1), within(1e-6f));
            assertThat(limited.values("y")[0]).isCloseTo(0.5f - 0.1f * 1 / (1 + 1), within(1e-6f));
        }
    }

    @Test
    void aRestoredOptimiserGoesOnWhereTheOtherStopped() throws IOException {
        ByteArrayOutputStream saved = new ByteArrayOutputStream();
        try (Parameters parameters = parameters();
                Parameters copy = parameters()) {
            Adam adam = new Adam(parameters, 0.9, 0.99, 1e-3);
            differentiate(parameters);
            adam.update(0.1, null);
            adam.save(new DataOutputStream(saved));
            Adam restored = new Adam(copy, 0.9, 0.99, 1e-3);
            restored.restore(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
            copy.follow(parameters, 1);
            differentiate(parameters);
            differentiate(copy);
            adam.update(0.1, null);
            restored.update(0.1, null);
            assertThat(copy.values("x")).isEqualTo(parameters.values("x"));
        }
        try (Parameters other = new Parameters(true)) {
            other.add("x", new float[2], new Shape(2));
            other.add("y", new float[2], new Shape(2));
            Adam misfit = new Adam(other, 0.9, 0.99, 1e-3);
            assertThatThrownBy(() -> misfit.restore(new DataInputStream(new ByteArrayInputStream(saved.toByteArray()))))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("600 values for tensor 0, where this network has 2");
        }
    }

    /** A unit that is off sends no gradient; what fades for ever would be tiny numbers, and slow. */
    @Test
    void momentsOfAValueWithoutGradientDoNotBecomeSubnormal() {
        try (Parameters parameters = parameters()) {
            Adam adam = new Adam(parameters, 0.9, 0.99, 1e-3);
            parameters.gradient("y")[0] = 1;
            for (int i = 0; i < 12_000; i++) {
                adam.update(0.1, null);
            }
            for (List<float[]> moment : adam.moments()) {
                assertThat(moment.get(1)[0]).isBetween(Float.MIN_NORMAL, 1e-24f);
            }
        }
    }

    @Test
    void anyNumberOfWorkersGivesTheSame() {
        float[] values = new float[100_000];
        float[] slopes = new float[values.length];
        RandomStream random = RandomStream.of(1, "values");
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble();
            slopes[i] = (float) random.nextDouble();
        }
        double[] norms = new double[2];
        float[][] moved = new float[2][];
        for (int n = 0; n < 2; n++) {
            try (Parameters parameters = new Parameters(false);
                    Workers workers = new Workers(1 + 2 * n)) {
                parameters.add("x", values.clone(), new Shape(values.length));
                System.arraycopy(slopes, 0, parameters.gradient("x"), 0, slopes.length);
                norms[n] = new Adam(parameters, 0.9, 0.99, 1e-3, 0.1, workers).update(0.1, 0.5);
                moved[n] = parameters.values("x");
                assertThat(parameters.gradient("x")).containsOnly(0);
            }
        }
        assertThat(norms[1]).isEqualTo(norms[0]);
        assertThat(moved[1]).isEqualTo(moved[0]);
    }
}
