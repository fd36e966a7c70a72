package io.github.qwop.game;

/** The 12 parts of the runner, in the order in which observations, traces and recordings list them. */
public enum BodyPart {
    TORSO,
    HEAD,
    LEFT_ARM,
    LEFT_CALF,
    LEFT_FOOT,
    LEFT_FOREARM,
    LEFT_THIGH,
    RIGHT_ARM,
    RIGHT_CALF,
    RIGHT_FOOT,
    RIGHT_FOREARM,
    RIGHT_THIGH;

    /** Values per part in a state: x, y, angle, vx, vy. */
    public static final int VALUES = 5;
}
