package io.github.qwop.model;

import io.github.qwop.random.RandomStream;

/** How layers begin, drawn from a random stream. */
public final class Initialisation {

    private Initialisation() {}

    /**
     * PyTorch's default for a Linear layer: weight and bias even in ±1/√inputs (Kaiming uniform with a = √5, He and
     * others, 2015).
     */
    public static DenseLayer uniform(RandomStream random, int inputs, int outputs) {
        double bound = 1 / Math.sqrt(inputs);
        float[] weight = new float[inputs * outputs];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = (float) (bound * (2 * random.nextDouble() - 1));
        }
        float[] bias = new float[outputs];
        for (int i = 0; i < outputs; i++) {
            bias[i] = (float) (bound * (2 * random.nextDouble() - 1));
        }
        return new DenseLayer(inputs, outputs, weight, bias);
    }

    /**
     * Rows or columns orthonormal, times a gain, and no bias (Saxe, McClelland and Ganguli, 2014): Gram–Schmidt over
     * normal vectors.
     */
    public static DenseLayer orthogonal(RandomStream random, int inputs, int outputs, double gain) {
        int vectors = Math.min(inputs, outputs);
        int size = Math.max(inputs, outputs);
        double[][] basis = new double[vectors][size];
        for (int v = 0; v < vectors; v++) {
            for (int i = 0; i < size; i++) {
                basis[v][i] = random.nextGaussian();
            }
            for (int u = 0; u < v; u++) {
                double along = 0;
                for (int i = 0; i < size; i++) {
                    along += basis[u][i] * basis[v][i];
                }
                for (int i = 0; i < size; i++) {
                    basis[v][i] -= along * basis[u][i];
                }
            }
            double norm = 0;
            for (int i = 0; i < size; i++) {
                norm += basis[v][i] * basis[v][i];
            }
            norm = Math.sqrt(norm);
            for (int i = 0; i < size; i++) {
                basis[v][i] /= norm;
            }
        }
        float[] weight = new float[inputs * outputs];
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < inputs; i++) {
                weight[o * inputs + i] = (float) (gain * (outputs <= inputs ? basis[o][i] : basis[i][o]));
            }
        }
        return new DenseLayer(inputs, outputs, weight, new float[outputs]);
    }
}
