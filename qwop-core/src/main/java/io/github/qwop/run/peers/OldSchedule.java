package io.github.qwop.run.peers;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A learning rate as qwop-gym's files had it before its first release: a mapping with {@code fn}, either {@code const}
 * or a rate that is multiplied by {@code step} at {@code decays} points, which cut the training into equal parts, until
 * it is below {@code min_value}.
 */
final class OldSchedule {

    private static final MathContext DIGITS = new MathContext(6);

    private OldSchedule() {}

    /** The same in today's words, numbers rounded to six digits; nothing if the mapping tells none. */
    static Optional<String> today(Map<?, ?> mapping) {
        double rate = number(mapping.get("initial_value"));
        if (!(rate > 0)) {
            return Optional.empty();
        }
        if ("const".equals(mapping.get("fn"))) {
            return Optional.of("const_" + text(rate));
        }
        double factor = number(mapping.get("step"));
        double decays = number(mapping.get("decays"));
        if (!(factor > 0 && factor < 1 && decays >= 1)) {
            return Optional.empty();
        }
        double least = mapping.containsKey("min_value") ? number(mapping.get("min_value")) : 0;
        double last = rate;
        int taken = 0;
        while (taken < decays && !(last < least) && last > Double.MIN_NORMAL) {
            last *= factor;
            taken++;
        }
        return Optional.of(
                "exp_decay_" + text(rate) + "_" + text(last) + "_" + text(taken / (decays + 1)) + "_" + taken);
    }

    private static double number(@Nullable Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private static String text(double value) {
        return BigDecimal.valueOf(value).round(DIGITS).stripTrailingZeros().toPlainString();
    }
}
