package io.github.qwop.learn;

/** What demonstrations are to a learner. */
public enum DemonstrationUse {
    /** It learns from its own play alone. */
    NONE,
    /** It learns from both if there are some. */
    OPTIONAL,
    /** It learns from nothing else. */
    REQUIRED
}
