package io.github.qwop.run.study;

import com.google.gson.annotations.SerializedName;

/** What a study ranks its trials by. */
public enum Objective {

    /** Mean distance, in metres. */
    @SerializedName("distance")
    DISTANCE(true),

    /** Share of episodes that are finished, 0 to 1. */
    @SerializedName("finish-rate")
    FINISH_RATE(true),

    /** Mean seconds of the episodes that are finished. */
    @SerializedName("seconds")
    SECONDS(false),

    /** Area under the curve of the validations' mean distance, over the steps it spans: a mean, in metres. */
    @SerializedName("area-under-curve")
    AREA_UNDER_CURVE(true);

    private final boolean higherIsBetter;

    Objective(boolean higherIsBetter) {
        this.higherIsBetter = higherIsBetter;
    }

    /** Whether more is better. */
    public boolean higherIsBetter() {
        return higherIsBetter;
    }
}
