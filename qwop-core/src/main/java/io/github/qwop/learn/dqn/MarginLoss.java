package io.github.qwop.learn.dqn;

/**
 * The large-margin loss of DQfD (Hester and others, 2018): max over a of (Q(a) + margin · [a ≠ demonstrated]) −
 * Q(demonstrated). It is 0 when the demonstrated action's value exceeds every other by the margin, and else pushes that
 * value up and the largest other one down, so that actions which nobody demonstrated cannot dream themselves best.
 */
final class MarginLoss {

    private final int actionCount;
    private final double margin;

    MarginLoss(int actionCount, double margin) {
        this.actionCount = actionCount;
        this.margin = margin;
    }

    /**
     * Gradient and loss of one sample.
     *
     * @param values a value of each action from index {@code offset} on
     * @param demonstrated the demonstrated action
     * @param scale multiplies the gradient
     * @param gradient receives it from {@code offset} on
     * @return the loss, not scaled
     */
    double differentiate(float[] values, int offset, int demonstrated, double scale, float[] gradient) {
        int rival = demonstrated;
        double largest = values[offset + demonstrated];
        for (int a = 0; a < actionCount; a++) {
            gradient[offset + a] = 0;
            if (a != demonstrated && values[offset + a] + margin > largest) {
                rival = a;
                largest = values[offset + a] + margin;
            }
        }
        if (rival != demonstrated) {
            gradient[offset + rival] = (float) scale;
            gradient[offset + demonstrated] = (float) -scale;
        }
        return largest - values[offset + demonstrated];
    }
}
