package io.github.qwop.learn;

import io.github.qwop.random.RandomStream;

/** A policy's distribution over actions, made from logits: the one that was read last. Not thread safe. */
public final class Categorical {

    private final double[] probabilities;
    private final double[] logProbabilities;
    private double entropy;

    /** A distribution over so many actions. */
    public Categorical(int actionCount) {
        probabilities = new double[actionCount];
        logProbabilities = new double[actionCount];
    }

    /** Reads logits from index {@code offset} on: probabilities are their softmax. */
    public void read(float[] logits, int offset) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int a = 0; a < probabilities.length; a++) {
            largest = Math.max(largest, logits[offset + a]);
        }
        double sum = 0;
        for (int a = 0; a < probabilities.length; a++) {
            probabilities[a] = StrictMath.exp(logits[offset + a] - largest);
            sum += probabilities[a];
        }
        double logSum = largest + StrictMath.log(sum);
        entropy = 0;
        for (int a = 0; a < probabilities.length; a++) {
            probabilities[a] /= sum;
            logProbabilities[a] = logits[offset + a] - logSum;
            entropy -= probabilities[a] * logProbabilities[a];
        }
    }

    /** Draws an action by its probability. */
    public int draw(RandomStream random) {
        double left = random.nextDouble();
        int last = probabilities.length - 1;
        for (int a = 0; a < last; a++) {
            left -= probabilities[a];
            if (left < 0) {
                return a;
            }
        }
        return last;
    }

    /** Natural logarithm of an action's probability. */
    public double logProbability(int action) {
        return logProbabilities[action];
    }

    /** An action's probability. */
    public double probability(int action) {
        return probabilities[action];
    }

    /** The Kullback-Leibler divergence of this distribution from another: Σ p ln(p / q), 0 if they are equal. */
    public double divergence(Categorical from) {
        double sum = 0;
        for (int a = 0; a < probabilities.length; a++) {
            sum += probabilities[a] * (logProbabilities[a] - from.logProbabilities[a]);
        }
        return sum;
    }

    /** −Σ p ln p. */
    public double entropy() {
        return entropy;
    }

    /**
     * The gradient with respect to the logits of {@code logWeight · ln p(action) + entropyWeight · entropy}.
     *
     * @param gradient receives a value for each action from index {@code offset} on
     */
    public void differentiate(int action, double logWeight, double entropyWeight, float[] gradient, int offset) {
        for (int a = 0; a < probabilities.length; a++) {
            double chosen = a == action ? 1 : 0;
            double p = probabilities[a];
            gradient[offset + a] =
                    (float) (logWeight * (chosen - p) - entropyWeight * p * (logProbabilities[a] + entropy));
        }
    }
}
