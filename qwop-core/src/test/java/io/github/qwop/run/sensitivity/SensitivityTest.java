package io.github.qwop.run.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SensitivityTest {

    private static Sensitivity.Point point(double delay, double finishRate, double metres) {
        return new Sensitivity.Point("keyDelay", delay, 10, finishRate, null, null, metres);
    }

    @Test
    void ofSeveralWhereNobodyFinishesTheShortestIsTheWorst() {
        Sensitivity.Point worst = point(4, 0, 12);
        assertThat(Sensitivity.worst(List.of(point(0, 1, 10), point(3, 0, 40), worst, point(1, 0.5, 5))))
                .isEqualTo(worst);
    }
}
