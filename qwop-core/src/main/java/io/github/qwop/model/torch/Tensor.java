package io.github.qwop.model.torch;

import java.util.List;

/**
 * A tensor's values, in the host's memory.
 *
 * @param shape sizes of its dimensions, at most two of them; empty for a scalar
 * @param values row by row; not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record Tensor(List<Integer> shape, float[] values) {

    /** Checks that the shape holds the values. */
    public Tensor {
        shape = List.copyOf(shape);
        if (values.length != shape.stream().mapToInt(Integer::intValue).reduce(1, (a, b) -> a * b)) {
            throw new IllegalArgumentException(
                    "A tensor of shape " + shape + " does not hold " + values.length + " values.");
        }
    }
}
