package io.github.qwop.model;

import org.jspecify.annotations.Nullable;

/**
 * A forward pass of a {@link QNetwork}: only what is asked for is computed. The gradient is by hand, over PyTorch's
 * products.
 */
public sealed interface QPass permits PlainPass, DuelingPass {

    /**
     * Mean over the quantiles of every action.
     *
     * @return [batch × actions]
     */
    float[] means();

    /**
     * The quantiles of one action for each observation.
     *
     * @param actions [batch]
     * @return [batch × quantiles]
     */
    float[] quantiles(int[] actions);

    /**
     * Writes the gradient of a loss into that of the parameters.
     *
     * @param ofQuantiles with respect to what {@link #quantiles} gave last, [batch × quantiles]
     * @param ofMeans with respect to {@link #means}, [batch × actions]; null where nothing depends on them
     */
    void backward(float[] ofQuantiles, float @Nullable [] ofMeans);
}
